package io.freshet.app;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code /metrics} shows.
 *
 * @param families names as in its TYPE lines, with their type
 * @param samples names of samples, with the values that each label has
 */
record MetricsPage(Map<String, String> families, Map<String, Map<String, Set<String>>> samples) {
  private static final Pattern TYPE = Pattern.compile("# TYPE (\\w+) (\\w+)");
  private static final Pattern SAMPLE = Pattern.compile("(\\w+)(?:\\{(.*)})? \\S+");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  MetricsPage() {
    this(new TreeMap<>(), new TreeMap<>());
  }

  /** Adds what a process shows. */
  void add(String text) {
    for (String line : text.lines().toList()) {
      Matcher type = TYPE.matcher(line);
      Matcher sample = SAMPLE.matcher(line);
      if (type.matches()) {
        families.put(type.group(1), type.group(2));
      } else if (sample.matches() && !line.startsWith("#")) {
        Map<String, Set<String>> labels =
            samples.computeIfAbsent(sample.group(1), name -> new TreeMap<>());
        Matcher label = LABEL.matcher(sample.group(2) == null ? "" : sample.group(2));
        while (label.find()) {
          labels.computeIfAbsent(label.group(1), name -> new TreeSet<>()).add(label.group(2));
        }
      }
    }
  }

  /** The values that a label of these samples has. */
  Set<String> values(String sample, String label) {
    return samples.getOrDefault(sample, Map.of()).getOrDefault(label, Set.of());
  }

  /** Our own families with the names of their labels; a histogram's maximum is part of it. */
  Map<String, Set<String>> own() {
    Map<String, Set<String>> own = new TreeMap<>();
    families.forEach((name, type) -> {
      boolean partOfAnother =
          name.endsWith("_max") && families.containsKey(name.replaceFirst("_max$", ""));
      if (name.startsWith("freshet_") && !partOfAnother) {
        String sample = type.equals("histogram") || type.equals("summary") ? name + "_count" : name;
        own.put(name, new TreeSet<>(samples.getOrDefault(sample, Map.of()).keySet()));
      }
    });
    return own;
  }
}
