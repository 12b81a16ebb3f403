package io.freshet.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The code obeys the house rules, and the documents show the table that the code obeys. */
class ModulesTest {
  private static final ModuleTable TABLE = ModuleTable.FRESHET;

  /** Written by protoc, not by us. */
  private static final String GENERATED = "/live/protocol/";

  @TestFactory
  Stream<DynamicTest> obeys() {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains(GENERATED))
            .importPackages(TABLE.root());
    return HouseRules.of(TABLE).entrySet().stream()
        .map(rule -> DynamicTest.dynamicTest(rule.getKey(), () -> rule.getValue().check(classes)));
  }

  @Test
  void edgesOnlyGoDown() {
    assertThat(TABLE.edgesThatDoNotGoDown()).isEmpty();
  }

  @Test
  void architectureDocumentShowsTheSameTable() throws IOException {
    List<String> shown =
        Files.readAllLines(Path.of("ARCHITECTURE.md")).stream()
            .filter(line -> line.matches("\\| \\d+ \\|.*"))
            .toList();
    assertThat(shown).containsExactlyElementsOf(TABLE.rows().toList());
  }
}
