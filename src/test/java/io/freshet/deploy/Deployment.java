package io.freshet.deploy;

import io.freshet.platform.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The deployment files of the repository, read. */
final class Deployment {
  static final String IMAGE_JAR = "/opt/freshet/freshet.jar";
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)(?::?[-?]([^}]*))?}");

  private Deployment() {}

  static Yaml compose() {
    return Yaml.file(Path.of("deploy", "compose.yaml"));
  }

  /** The services of Compose that run Freshet itself, by name. */
  static Map<String, Yaml> freshetServices() {
    Map<String, Yaml> services = new LinkedHashMap<>();
    compose()
        .at("services")
        .map()
        .forEach((name, service) -> {
          if (service.at("image").text().startsWith("${FRESHET_IMAGE")) {
            services.put(name, service);
          }
        });
    return services;
  }

  /** The environment of a Compose service, with the variables of .env put in. */
  static Map<String, String> environment(Yaml service) {
    Map<String, String> environment = new TreeMap<>();
    service
        .at("environment")
        .map()
        .forEach((name, value) -> environment.put(name, filledIn(value.text())));
    return environment;
  }

  /** A text of compose.yaml as Compose reads it beside a fresh .env. */
  static String filledIn(String text) {
    Map<String, String> example = exampleEnv();
    return VARIABLE
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(valueOf(found.group(1), example)));
  }

  private static String valueOf(String name, Map<String, String> example) {
    return Optional.ofNullable(example.get(name))
        .map(value -> value.equals("generate") ? "0123456789abcdef".repeat(3) : value)
        .orElseThrow(() -> new AssertionError(name + " is not in deploy/.env.example"));
  }

  /** The names that compose.yaml asks .env for, with what stands behind each. */
  static Map<String, List<String>> variables() {
    Map<String, List<String>> names = new TreeMap<>();
    Matcher found = VARIABLE.matcher(read("deploy/compose.yaml"));
    while (found.find()) {
      names.computeIfAbsent(found.group(1), name -> new ArrayList<>()).add(found.group());
    }
    return names;
  }

  static Map<String, String> exampleEnv() {
    Map<String, String> values = new TreeMap<>();
    read("deploy/.env.example")
        .lines()
        .filter(line -> line.matches("\\w+=.*"))
        .forEach(line -> values.put(line.split("=", 2)[0], line.split("=", 2)[1]));
    return values;
  }

  /** All of deploy/kubernetes, but for the kustomization itself. */
  static List<Yaml> kubernetes() {
    try (Stream<Path> files = Files.list(Path.of("deploy", "kubernetes"))) {
      return files
          .filter(file -> !file.endsWith("kustomization.yaml"))
          .sorted()
          .flatMap(file -> Yaml.documents(file).stream())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Yaml> kubernetes(String kind) {
    return kubernetes().stream()
        .filter(document -> document.at("kind").text().equals(kind))
        .toList();
  }

  /** The commands of the Procfile, by process type. */
  static Map<String, String> procfile() {
    Map<String, String> commands = new LinkedHashMap<>();
    read("Procfile")
        .lines()
        .forEach(line -> {
          String[] parts = line.split(": ", 2);
          commands.put(parts[0], parts[1]);
        });
    return commands;
  }

  static JsonNode appJson() {
    return Json.MAPPER.readTree(read("app.json"));
  }

  /** The words of one instruction of the Dockerfile that is written as a JSON list. */
  static List<String> dockerfileList(String instruction) {
    String line =
        read("Dockerfile")
            .lines()
            .filter(each -> each.startsWith(instruction + " ["))
            .reduce((a, b) -> b)
            .orElseThrow();
    return Json.MAPPER
        .readTree(line.substring(instruction.length()))
        .valueStream()
        .map(JsonNode::asString)
        .toList();
  }

  /** The options of the Java machine in a command line. */
  static List<String> javaOptions(String command) {
    return Stream.of(command.split("\\s+"))
        .filter(word -> word.startsWith("-X") || word.startsWith("--"))
        .filter(word -> !word.startsWith("--roles"))
        .toList();
  }

  static String read(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
