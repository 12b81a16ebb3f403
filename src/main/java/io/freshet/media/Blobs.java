package io.freshet.media;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Where files are kept: written once under a name, never changed, read in part or whole. Each call
 * may take as long as a disk or a network does; what cannot be done is an {@link
 * io.freshet.platform.UnavailableException}. Thread-safe.
 */
public interface Blobs {
  /** Keeps a copy of the file; whoever reads the name sees all of it or nothing. */
  void put(FileName name, Path file);

  /** How many bytes it has; empty if it is not there. */
  Optional<Long> size(FileName name);

  /** So many bytes from this one on, of a file that is there; the caller closes it. */
  Optional<InputStream> read(FileName name, long from, long count);

  /** Those that are not there are as good as deleted. */
  void delete(Collection<FileName> names);

  /** What is kept, by name, after this one. */
  List<String> names(String after, int limit);
}
