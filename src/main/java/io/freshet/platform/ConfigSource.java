package io.freshet.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Where settings are looked up: the environment first ({@code FRESHET_FEED_WINDOW} is {@code
 * feed.window}), then the properties file, then the default. It notes every key it is asked for, so
 * that a key nobody asks for can be refused. Not thread-safe.
 */
public final class ConfigSource {
  /** Names that hosting platforms give without our prefix. */
  private static final Map<String, String> ALIASES =
      Map.of(
          "http.port", "PORT",
          "database.url", "DATABASE_URL",
          "database.replicaUrl", "DATABASE_REPLICA_URL",
          "redis.url", "REDIS_URL",
          "rabbitmq.url", "CLOUDAMQP_URL");

  /** Read before there is a configuration: by the launcher and by the logging. */
  private static final Set<String> ELSEWHERE = Set.of("FRESHET_JAVA_OPTS", "FRESHET_LOG");

  /** A secret may be in a file instead, which the variable with this ending names. */
  private static final String OF_FILE = "_FILE";

  /** What Kubernetes tells a pod of a service that is named freshet. */
  private static final Pattern KUBERNETES = Pattern.compile("FRESHET_(SERVICE_.+|PORT|PORT_.+)");

  private static final Set<String> SECRETS =
      Set.of(
          "secret",
          "database.url",
          "database.replicaUrl",
          "redis.url",
          "rabbitmq.url",
          "live.tokenSecret",
          "live.apiKey",
          "live.centrifugo.apiKey",
          "media.s3.accessKey",
          "media.s3.secretKey",
          "mail.url",
          "tracing.authorization");

  /**
   * One setting as it is in force.
   *
   * @param origin the environment variable, the file, or "default"
   */
  public record Entry(String key, String value, String origin) {
    /** The value, unless it is nobody's business. */
    public String shown() {
      return SECRETS.contains(key) && !value.isEmpty() ? "********" : value;
    }
  }

  private final Map<String, String> environment;
  private final Map<String, String> file;
  private final Map<String, String> defaults;
  private final List<Entry> entries = new ArrayList<>();

  /**
   * @param defaults by key, in place of the usual ones
   */
  public ConfigSource(
      Map<String, String> environment, Map<String, String> file, Map<String, String> defaults) {
    this.environment = Map.copyOf(environment);
    this.file = Map.copyOf(file);
    this.defaults = Map.copyOf(defaults);
  }

  /** All settings asked for so far. */
  public List<Entry> entries() {
    return List.copyOf(entries);
  }

  String text(String key, String usual) {
    Entry entry = find(key, defaults.getOrDefault(key, usual));
    entries.add(entry);
    return entry.value();
  }

  int number(String key, int usual, int least, int most) {
    String value = text(key, Integer.toString(usual));
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw refusal("a whole number from " + least + " to " + most, e);
    }
    throw refusal("a whole number from " + least + " to " + most, new IllegalArgumentException());
  }

  boolean flag(String key, boolean usual) {
    return switch (text(key, Boolean.toString(usual))) {
      case "true" -> true;
      case "false" -> false;
      default -> throw refusal("true or false", new IllegalArgumentException());
    };
  }

  double share(String key, double usual) {
    String value = text(key, Double.toString(usual));
    try {
      double share = Double.parseDouble(value);
      if (share > 0 && share <= 1) {
        return share;
      }
    } catch (NumberFormatException e) {
      throw refusal("a number over 0 and at most 1", e);
    }
    throw refusal("a number over 0 and at most 1", new IllegalArgumentException());
  }

  Rate rate(String key, String usual) {
    String wanted = "so many per so long, like 300/5m, in at most a day";
    return Rate.parse(text(key, usual))
        .orElseThrow(() -> refusal(wanted, new IllegalArgumentException()));
  }

  Timetable timetable(String key, String usual) {
    String wanted =
        "a pause like 30s, 5m or 2h, of at most 7 days, or a cron expression with seconds like"
            + " 0 0 4 * * *";
    return Timetable.parse(text(key, usual))
        .orElseThrow(() -> refusal(wanted, new IllegalArgumentException()));
  }

  /** Fails for a setting that was given but is none of those asked for. */
  void refuseUnknown() {
    Set<String> known = new TreeSet<>();
    entries.forEach(entry -> known.add(entry.key()));
    for (String key : file.keySet()) {
      if (!known.contains(key)) {
        throw new OperatorException(
            "freshet.properties has an unknown key "
                + key
                + " (did you mean "
                + nearest(key, known)
                + "?); docs/configuration.md lists them all.");
      }
    }
    Set<String> variables = new TreeSet<>();
    known.forEach(key -> variables.add(variable(key)));
    SECRETS.forEach(key -> variables.add(variable(key) + OF_FILE));
    for (String name : environment.keySet()) {
      if (name.startsWith("FRESHET_")
          && !variables.contains(name)
          && !ELSEWHERE.contains(name)
          && !KUBERNETES.matcher(name).matches()) {
        throw new OperatorException(
            "There is no setting "
                + name
                + " (did you mean "
                + nearest(name, variables)
                + "?); docs/configuration.md lists them all.");
      }
    }
  }

  /**
   * The environment variable of a key: {@code feed.keepDays} becomes {@code
   * FRESHET_FEED_KEEP_DAYS}.
   */
  public static String variable(String key) {
    String words = key.replaceAll("([a-z])([A-Z])", "$1_$2").replace('.', '_');
    return "FRESHET_" + words.toUpperCase(Locale.ROOT);
  }

  private Entry find(String key, String usual) {
    Optional<String> alias = Optional.ofNullable(ALIASES.get(key));
    for (String name : alias.map(a -> List.of(variable(key), a)).orElse(List.of(variable(key)))) {
      String value = environment.getOrDefault(name, "").strip();
      if (!value.isEmpty()) {
        return new Entry(key, value, name);
      }
      String kept =
          SECRETS.contains(key) ? environment.getOrDefault(name + OF_FILE, "").strip() : "";
      if (!kept.isEmpty() && !key.equals("secret")) { // which has a key for its file
        return new Entry(key, contents(name + OF_FILE, kept), name + OF_FILE);
      }
    }
    String inFile = file.getOrDefault(key, "").strip();
    return inFile.isEmpty()
        ? new Entry(key, usual, "default")
        : new Entry(key, inFile, "freshet.properties");
  }

  private static String contents(String name, String file) {
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException | InvalidPathException e) {
      throw new OperatorException(
          name + " names the file " + file + ", which cannot be read: " + e.getMessage() + ".", e);
    }
  }

  private OperatorException refusal(String wanted, Exception cause) {
    Entry entry = entries.getLast();
    String name = entry.origin().contains(".") ? entry.key() : entry.origin();
    return new OperatorException(
        name + " must be " + wanted + ", not \"" + entry.value() + "\".", cause);
  }

  private static String nearest(String word, Set<String> known) {
    return known.stream().min(Comparator.comparingInt(name -> distance(word, name))).orElse("");
  }

  /** Levenshtein distance: how many letters to insert, delete or replace. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
