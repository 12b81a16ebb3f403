package io.freshet.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What SECURITY.md says holds has its tests, and these are there. */
class SecurityDocumentTest {
  private static final Path TESTS = Path.of("docs", "security-tests.md");
  private static final Pattern CLASS = Pattern.compile("`(\\w+Test)`");

  /** First cells of a table whose heading begins with "risk". */
  private static List<String> risks(Path document) throws IOException {
    return Files.readAllLines(document).stream()
        .dropWhile(line -> !line.startsWith("| risk |"))
        .takeWhile(line -> line.startsWith("|"))
        .skip(2)
        .map(line -> line.split("\\|")[1].strip())
        .toList();
  }

  @Test
  void namesTestsForEveryRisk() throws IOException {
    assertThat(risks(Path.of("SECURITY.md"))).hasSizeGreaterThan(8);
    assertThat(risks(TESTS)).containsAll(risks(Path.of("SECURITY.md"))).doesNotHaveDuplicates();
  }

  @Test
  void namesOnlyTestsThatAre() throws IOException {
    Set<String> there;
    try (Stream<Path> files = Files.walk(Path.of("src", "test", "java"))) {
      there =
          files
              .map(file -> file.getFileName().toString().replace(".java", ""))
              .collect(Collectors.toSet());
    }
    List<String> named =
        CLASS.matcher(Files.readString(TESTS)).results().map(found -> found.group(1)).toList();
    assertThat(named).hasSizeGreaterThan(20);
    assertThat(there).containsAll(named);
  }
}
