package io.freshet.collection;

import io.freshet.web.ApiDescription;
import io.freshet.web.ApiDescription.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The collection's order: {@code story.yaml} and the operations of openapi.yaml made into complete
 * calls, chapter by chapter. What the story does not name comes by itself.
 */
final class Story {
  /** Calls that belong together. */
  record Chapter(String title, List<Step> steps) {
    String slug() {
      return Step.slug(title);
    }
  }

  private final JsonNode told;
  private final ApiDescription api;
  private final Map<String, Operation> operations;

  private Story(JsonNode told, ApiDescription api) {
    this.told = told;
    this.api = api;
    this.operations =
        api.operations().stream()
            .collect(
                Collectors.toMap(Story::id, Function.identity(), (a, b) -> a, LinkedHashMap::new));
  }

  static Story ours() {
    try (InputStream yaml =
        Objects.requireNonNull(Story.class.getResourceAsStream("/collection/story.yaml"))) {
      return new Story(new YAMLMapper().readTree(yaml), ApiDescription.ours());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String id(Operation operation) {
    return operation.node().path("operationId").asString();
  }

  /** All chapters with all their calls, those of the story and the others. */
  List<Chapter> chapters() {
    Calls calls = new Calls(api, ids());
    Set<String> names = new TreeSet<>();
    List<Chapter> chapters = new ArrayList<>();
    Set<String> tags = new LinkedHashSet<>();
    told.path("chapters").forEach(chapter -> tags.add(chapter.path("title").asString()));
    untold().forEach(operation -> tags.add(tag(operation)));
    for (String tag : tags) {
      List<Step> steps = new ArrayList<>(told(chapter(tag), calls));
      untold().stream()
          .filter(operation -> tag(operation).equals(tag))
          .map(calls::byItself)
          .forEach(steps::add);
      if (!steps.isEmpty()) {
        chapters.add(new Chapter(tag, steps));
      }
    }
    chapters.add(new Chapter(told.at("/last/title").asString(), told(told.path("last"), calls)));
    chapters.forEach(chapter -> requireDistinct(chapter, names));
    return chapters;
  }

  private static void requireDistinct(Chapter chapter, Set<String> names) {
    for (Step step : chapter.steps()) {
      if (!names.add(chapter.title() + "/" + step.name())) {
        throw new IllegalStateException("two steps are named " + step.name() + ": give one a name");
      }
    }
  }

  private JsonNode chapter(String title) {
    return told.path("chapters")
        .valueStream()
        .filter(chapter -> chapter.path("title").asString().equals(title))
        .findFirst()
        .orElseGet(MissingNode::getInstance);
  }

  private List<Step> told(JsonNode chapter, Calls calls) {
    return chapter
        .path("steps")
        .valueStream()
        .map(step -> calls.told(operation(step.path("call").asString()), step))
        .toList();
  }

  private Operation operation(String id) {
    return Optional.ofNullable(operations.get(id))
        .orElseThrow(() -> new IllegalStateException("openapi.yaml has no operation " + id));
  }

  /** Operations that the story does not name. */
  List<Operation> untold() {
    Set<String> named =
        Stream.concat(told.path("chapters").valueStream(), Stream.of(told.path("last")))
            .flatMap(chapter -> chapter.path("steps").valueStream())
            .map(step -> step.path("call").asString())
            .collect(Collectors.toSet());
    return operations.values().stream()
        .filter(operation -> !named.contains(id(operation)))
        .toList();
  }

  private static String tag(Operation operation) {
    return operation.node().at("/tags/0").asString("More");
  }

  /** The variable for a path that begins so, longest beginning first. */
  private Map<String, String> ids() {
    Map<String, String> ids = new LinkedHashMap<>();
    told.path("ids")
        .propertyStream()
        .sorted(Comparator.comparingInt(entry -> -entry.getKey().length()))
        .forEach(entry -> ids.put(entry.getKey(), entry.getValue().asString()));
    return ids;
  }
}
