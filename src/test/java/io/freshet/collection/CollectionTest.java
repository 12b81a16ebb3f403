package io.freshet.collection;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.collection.Story.Chapter;
import io.freshet.platform.Json;
import io.freshet.web.ApiDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What lies under docs/api is what openapi.yaml and the story make. */
class CollectionTest {
  private static final Path PLACE = Path.of("docs", "api");
  private static final String AGAIN =
      "docs/api is out of date: mvn -q test -Dtest=CollectionTest -Dfreshet.collection.write=true";

  private static Map<String, String> made(List<Chapter> chapters) {
    Map<String, String> files = new TreeMap<>(CurlPages.of(chapters));
    BrunoFiles.of(chapters).forEach((name, text) -> files.put("bruno/" + name, text));
    files.put("freshet.postman_collection.json", PostmanFile.of(chapters));
    return files;
  }

  private static Map<String, String> committed() throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(PLACE)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        if (!file.endsWith(Calls.PICTURE)) {
          files.put(PLACE.relativize(file).toString(), Files.readString(file));
        }
      }
    }
    return files;
  }

  @Test
  void isWhatTheDescriptionAndTheStoryMake() throws IOException {
    Map<String, String> made = made(Story.ours().chapters());
    if (Boolean.getBoolean("freshet.collection.write")) {
      write(made);
    }
    Map<String, String> committed = committed();
    assertThat(committed.keySet()).as(AGAIN).isEqualTo(made.keySet());
    made.forEach((name, text) -> assertThat(committed.get(name)).as(AGAIN).isEqualTo(text));
  }

  private static void write(Map<String, String> files) throws IOException {
    for (String old : committed().keySet()) {
      Files.delete(PLACE.resolve(old));
    }
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = PLACE.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
  }

  @Test
  void callsEveryOperation() {
    Set<String> called =
        Story.ours().chapters().stream()
            .flatMap(chapter -> chapter.steps().stream())
            .map(Step::operation)
            .collect(Collectors.toSet());
    Set<String> described =
        ApiDescription.ours().operations().stream().map(Story::id).collect(Collectors.toSet());
    assertThat(called).isEqualTo(described);
  }

  @Test
  void usesNoVariableBeforeItIsKept() {
    Set<String> known = new java.util.TreeSet<>(Set.of("$timestamp", "$guid"));
    for (Chapter chapter : Story.ours().chapters()) {
      for (Step step : chapter.steps()) {
        String all = step.path() + step.headers() + Json.MAPPER.writeValueAsString(step.body());
        Step.VARIABLE
            .matcher(all)
            .results()
            .forEach(found -> assertThat(known).as(step.name()).contains(found.group(1)));
        step.token().ifPresent(token -> assertThat(known).as(step.name()).contains(token));
        known.addAll(step.keep().keySet());
      }
    }
  }
}
