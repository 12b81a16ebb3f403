package io.freshet.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** A value out of a YAML file, with anchors and merge keys ({@code <<}) followed. */
record Yaml(Optional<Object> value) {

  /** The documents of a file. */
  static List<Yaml> documents(Path file) {
    try {
      Load load = new Load(LoadSettings.builder().setAllowDuplicateKeys(false).build());
      return StreamSupport.stream(
              load.loadAllFromString(Files.readString(file)).spliterator(), false)
          .map(Yaml::of)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Yaml file(Path file) {
    return documents(file).getFirst();
  }

  /** What is below these keys, or nothing. */
  Yaml at(String... keys) {
    Yaml found = this;
    for (String key : keys) {
      found = new Yaml(Optional.ofNullable(found.map().get(key)).flatMap(Yaml::value));
    }
    return found;
  }

  boolean isThere() {
    return value.isPresent();
  }

  String text() {
    return value.map(Object::toString).orElse("");
  }

  List<Yaml> list() {
    return value.filter(List.class::isInstance).stream()
        .flatMap(all -> ((List<?>) all).stream())
        .map(Yaml::of)
        .toList();
  }

  List<String> texts() {
    return list().stream().map(Yaml::text).toList();
  }

  Map<String, Yaml> map() {
    Map<String, Yaml> entries = new LinkedHashMap<>();
    value
        .filter(Map.class::isInstance)
        .ifPresent(all ->
            ((Map<?, ?>) all)
                .forEach((key, held) -> {
                  if (key.equals("<<")) {
                    of(held).map().forEach(entries::putIfAbsent);
                  } else {
                    entries.put(key.toString(), of(held));
                  }
                }));
    return entries;
  }

  /** This and everything below. */
  Stream<Yaml> everything() {
    return Stream.concat(
        Stream.of(this),
        Stream.concat(map().values().stream(), list().stream()).flatMap(Yaml::everything));
  }

  private static Yaml of(Object value) {
    return new Yaml(Optional.ofNullable(value));
  }
}
