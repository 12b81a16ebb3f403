package io.freshet.live;

import io.freshet.platform.Json;
import io.freshet.platform.OperatorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The namespaces: ours, and those of a file whose options have the names that Centrifugo's {@code
 * channel} section gives them: {@code {"without_namespace": {…}, "namespaces": [{"name": …}]}}.
 * Immutable.
 */
public final class Namespaces {
  /** Server-side, one for each account: {@code personal:#42}. */
  public static final String PERSONAL = "personal";

  /** Server-side, one for each celebrity, whose posts are not fanned out: {@code author:42}. */
  public static final String AUTHOR = "author";

  /** Public: {@code question:42}. */
  public static final String QUESTION = "question";

  /** Public: {@code post:42}. */
  public static final String POST = "post";

  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
  private static final Namespace WITHOUT = new Namespace("", Set.of(), Keeping.NOTHING, false);

  private final Map<String, Namespace> byName;

  private Namespaces(Map<String, Namespace> byName) {
    this.byName = Map.copyOf(byName);
  }

  /**
   * Only our own.
   *
   * @param keeping of the channels that tell of a reader's feed: who was away for longer, or missed
   *     more, loads the feed anew
   */
  public static Namespaces own(Keeping keeping) {
    Set<Option> serverSide = EnumSet.of(Option.FORCE_RECOVERY, Option.FORCE_POSITIONING);
    Set<Option> open =
        EnumSet.of(
            Option.FORCE_RECOVERY,
            Option.ALLOW_SUBSCRIBE_FOR_CLIENT,
            Option.ALLOW_SUBSCRIBE_FOR_ANONYMOUS);
    Map<String, Namespace> byName = new HashMap<>();
    byName.put("", WITHOUT);
    for (String name : List.of(PERSONAL, AUTHOR)) {
      byName.put(name, new Namespace(name, serverSide, keeping, false));
    }
    for (String name : List.of(QUESTION, POST)) {
      byName.put(name, new Namespace(name, open, keeping, false));
    }
    return new Namespaces(byName);
  }

  /** These and more, by name, which may change ours too. */
  Namespaces with(Map<String, Namespace> more) {
    Map<String, Namespace> all = new HashMap<>(byName);
    all.putAll(more);
    return new Namespaces(all);
  }

  /** These and the file's, which may change ours too. */
  public Namespaces with(Path file) {
    try {
      JsonNode json = Json.MAPPER.readTree(Files.readAllBytes(file));
      Map<String, Namespace> all = new HashMap<>(byName);
      for (Map.Entry<String, JsonNode> part : json.properties()) {
        switch (part.getKey()) {
          case "without_namespace" -> all.put("", namespace("", part.getValue()));
          case "namespaces" -> part.getValue().values().forEach(each -> add(all, each));
          default -> throw new IllegalArgumentException("\"" + part.getKey() + "\" is not known");
        }
      }
      return new Namespaces(all);
    } catch (IOException e) {
      throw new OperatorException("Cannot read the namespaces in " + file + ": " + e + ".", e);
    } catch (JacksonException | IllegalArgumentException e) {
      throw new OperatorException(
          "The namespaces in " + file + " cannot be used: " + e.getMessage() + ".", e);
    }
  }

  /** The namespace of a channel; a name in none that exists is refused. */
  public Namespace of(ChannelName channel) {
    Namespace found = byName.get(channel.namespace());
    if (found == null) {
      throw LiveError.UNKNOWN_CHANNEL.thrown();
    }
    return found;
  }

  private static void add(Map<String, Namespace> all, JsonNode json) {
    String name = json.path("name").asString("");
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a namespace has no name");
    }
    all.put(name, namespace(name, json));
  }

  private static Namespace namespace(String name, JsonNode json) {
    List<Option> options = new ArrayList<>();
    int size = 0;
    Duration age = Duration.ZERO;
    boolean newestOnly = false;
    for (Map.Entry<String, JsonNode> entry : json.properties()) {
      JsonNode value = entry.getValue();
      switch (entry.getKey()) {
        case "name" -> {}
        case "history_size" -> size = value.asInt();
        case "history_ttl" -> age = duration(value.asString());
        case "allowed_delta_types" -> {
          if (value.valueStream().anyMatch(type -> type.asString("").equals("fossil"))) {
            options.add(Option.ALLOWED_DELTA_TYPES);
          }
        }
        case "force_recovery_mode" -> newestOnly = value.asString().equals("cache");
        default -> {
          Option option =
              Option.named(entry.getKey()).orElseThrow(() -> unknown(name, entry.getKey()));
          if (value.asBoolean()) {
            options.add(option);
          }
        }
      }
    }
    Set<Option> set = options.isEmpty() ? Set.of() : Set.copyOf(options);
    boolean keeps = size > 0 && age.isPositive();
    return new Namespace(name, set, keeps ? new Keeping(size, age) : Keeping.NOTHING, newestOnly);
  }

  private static IllegalArgumentException unknown(String name, String option) {
    return new IllegalArgumentException(
        "namespace \"" + name + "\" has an option \"" + option + "\" that Freshet does not know");
  }

  private static Duration duration(String text) {
    Matcher parts = DURATION.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("\"" + text + "\" is no duration like 300s, 5m or 1h");
    }
    long amount = Long.parseLong(parts.group(1));
    return switch (parts.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      default -> Duration.ofHours(amount);
    };
  }
}
