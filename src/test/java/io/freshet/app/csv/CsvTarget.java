package io.freshet.app.csv;

import io.freshet.platform.OperatorException;
import io.freshet.testkit.FuzzTarget;
import io.freshet.testkit.Seeds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Tables of people and of posts: each row taken, or the file refused with the line. */
final class CsvTarget implements FuzzTarget {
  private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");
  private static final LocalDate TODAY = LocalDate.parse("2026-11-22");

  private final PostColumns columns =
      PostColumns.of("author", "text", "created_at", Optional.empty(), Optional.empty());
  private final Path file;

  CsvTarget() throws IOException {
    file = Files.createTempFile("freshet-table", ".csv");
    file.toFile().deleteOnExit();
  }

  @Override
  public void take(byte[] input) {
    try {
      Files.write(file, input);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    read(() -> new CsvTable(file).read(List.of("handle"), row -> Newcomer.of(row, TODAY)));
    read(() ->
        new CsvTable(file)
            .read(List.of("author", "text"), row -> check(PostRow.of(row, columns, NOW))));
  }

  private static void check(PostRow post) {
    if (post.createdAt().filter(NOW::isBefore).isPresent() || post.text().isBlank()) {
      throw new IllegalStateException("a post that is none: " + post);
    }
  }

  private static void read(Runnable table) {
    try {
      table.run();
    } catch (OperatorException refused) {
      return;
    }
  }

  @Override
  public List<byte[]> seeds() {
    return Seeds.of(
        "handle,first_name,follows\nann,\"Ann, \"\"A\"\"\",bob eve\r\nbob,,\n",
        "author,text,created_at\nann,\"two\nlines\",2018-03-12T18:58:05Z\n",
        "author,text,created_at\nann,x,+999999999-12-31\n",
        "\"author\",text\nann,\"",
        "");
  }
}
