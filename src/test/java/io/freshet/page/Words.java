package io.freshet.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The page's own words, as they stand in its sources. */
final class Words {
  private static final Path DIRECTORY = Path.of("web", "src", "i18n");
  private static final Pattern KEY =
      Pattern.compile("^ {2}'?([A-Za-z][A-Za-z.]*)'?: ", Pattern.MULTILINE);
  private static final Pattern TEXT = Pattern.compile("[:{,] ('[^'\\n]+'|\"[^\"\\n]+\")");

  /** What messages are named by. */
  static final Set<String> KEYS = found(KEY);

  /** What English messages say, but for those that have a value in them. */
  static final Set<String> ENGLISH =
      found(TEXT).stream()
          .map(text -> text.substring(1, text.length() - 1))
          .filter(text -> text.length() > 1 && !text.contains("{"))
          .collect(Collectors.toUnmodifiableSet());

  private Words() {}

  private static Set<String> found(Pattern pattern) {
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      Set<String> all =
          files
              .filter(file -> file.getFileName().toString().matches("en.*\\.ts"))
              .flatMap(file -> pattern.matcher(read(file)).results())
              .map(match -> match.group(1))
              .collect(Collectors.toUnmodifiableSet());
      assertThat(all).hasSizeGreaterThan(150);
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
