package io.freshet.app.exchange;

import io.freshet.app.Progress;
import io.freshet.platform.OperatorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The directory that a dump was unpacked into. Of its files only {@code Posts.xml} has to be.
 *
 * @param now what is dated later is refused
 */
record Dump(Path directory, Instant now, Progress progress) {
  /** The name of a file that a dump may have, plain or with {@code .gz}. */
  enum Part {
    POSTS,
    USERS,
    COMMENTS,
    VOTES,
    TAGS;

    String file() {
      return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT) + ".xml";
    }
  }

  /**
   * Hands over the part row by row; none if the dump lacks it.
   *
   * @param step what the reader does with it, for the bar of progress
   */
  void read(Part part, String step, Consumer<DumpRow> each) {
    Optional<Path> file = find(part);
    if (file.isEmpty() && part == Part.POSTS) {
      throw new OperatorException(
          "There is no Posts.xml or Posts.xml.gz in "
              + directory
              + ": unpack the dump of a site and name the directory with its .xml files.");
    }
    file.ifPresent(path -> new DumpFile(path, step, now, progress).read(each));
  }

  private Optional<Path> find(Part part) {
    return Stream.of(part.file(), part.file() + ".gz")
        .map(directory::resolve)
        .filter(Files::isRegularFile)
        .findFirst();
  }
}
