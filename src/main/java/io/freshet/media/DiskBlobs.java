package io.freshet.media;

import io.freshet.platform.UnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Files in a directory, in 256 directories by the first two letters of their names. A file is
 * written beside its place, forced to the disk and then renamed, so a crash leaves no half of one
 * under a name.
 */
public final class DiskBlobs implements Blobs {
  private static final int PREFIX = 2;
  private static final String UNFINISHED = ".part";

  private final Path root;

  public DiskBlobs(Path root) {
    this.root = root;
  }

  @Override
  public void put(FileName name, Path file) {
    Path place = place(name.text());
    Path beside = place.resolveSibling(name + UNFINISHED);
    try {
      Files.createDirectories(place.resolveSibling("."));
      Files.copy(file, beside, StandardCopyOption.REPLACE_EXISTING);
      try (FileChannel written = FileChannel.open(beside, StandardOpenOption.WRITE)) {
        written.force(true);
      }
      Files.move(beside, place, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw trouble("write", e);
    }
  }

  @Override
  public Optional<Long> size(FileName name) {
    try {
      return Optional.of(Files.size(place(name.text())));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw trouble("read", e);
    }
  }

  @Override
  public Optional<InputStream> read(FileName name, long from, long count) {
    try {
      FileChannel file = FileChannel.open(place(name.text()));
      file.position(from);
      return Optional.of(new Limited(Channels.newInputStream(file), count));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw trouble("read", e);
    }
  }

  @Override
  public void delete(Collection<FileName> names) {
    try {
      for (FileName name : names) {
        Files.deleteIfExists(place(name.text()));
        Files.deleteIfExists(place(name + UNFINISHED));
      }
    } catch (IOException e) {
      throw trouble("delete", e);
    }
  }

  @Override
  public List<String> names(String after, int limit) {
    String from = after.length() < PREFIX ? "" : after.substring(0, PREFIX);
    return within(root).stream()
        .filter(directory -> directory.compareTo(from) >= 0)
        .flatMap(directory -> within(root.resolve(directory)).stream())
        .filter(name -> name.compareTo(after) > 0)
        .limit(limit)
        .toList();
  }

  /** The names of what is in a directory, sorted; none if there is no such directory. */
  private static List<String> within(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw trouble("list", e);
    }
  }

  private Path place(String name) {
    return root.resolve(name.substring(0, PREFIX)).resolve(name);
  }

  private static UnavailableException trouble(String what, IOException e) {
    String why =
        e instanceof FileAlreadyExistsException ? "a file stands in the way" : e.toString();
    return new UnavailableException("cannot " + what + " media files: " + why, e);
  }
}
