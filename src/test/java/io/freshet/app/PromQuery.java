package io.freshet.app;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A query in PromQL, read as far as its names go: which samples it asks for, by which labels. It
 * knows the functions that we use; any other word that is no part of the language is taken for the
 * name of a metric.
 */
record PromQuery(String text, List<Selector> selectors, Set<String> grouping) {
  /** Added by Prometheus when it asks. */
  private static final Set<String> OF_PROMETHEUS = Set.of("job", "instance");

  private static final Set<String> FUNCTIONS =
      Set.of(
          "sum",
          "min",
          "max",
          "avg",
          "count",
          "topk",
          "rate",
          "increase",
          "deriv",
          "histogram_quantile");

  private static final Set<String> WORDS = Set.of("and", "or", "unless");
  private static final Set<String> GROUPINGS = Set.of("by", "without", "on", "ignoring");
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s+|\"(?:[^\"\\\\]|\\\\.)*\"|\\[[^\\]]*]|\\{[^}]*}|[A-Za-z_:][\\w:]*|[0-9.]+|[-+*/()<>=!,]+?");
  private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(=~|!~|!=|=)\\s*\"([^\"]*)\"");

  /** A metric with what its labels must be. */
  record Selector(String metric, List<Label> labels) {}

  record Label(String name, String how, String value) {}

  static PromQuery read(String text) {
    List<String> tokens = tokens(text);
    List<Selector> selectors = new ArrayList<>();
    Set<String> grouping = new LinkedHashSet<>();
    for (int i = 0; i < tokens.size(); i++) {
      String token = tokens.get(i);
      String next = i + 1 < tokens.size() ? tokens.get(i + 1) : "";
      if (GROUPINGS.contains(token)) {
        for (i += 2; !tokens.get(i).equals(")"); i++) {
          if (!tokens.get(i).equals(",")) {
            grouping.add(tokens.get(i));
          }
        }
      } else if (token.matches("[A-Za-z_:].*") && !WORDS.contains(token)) {
        if (next.equals("(") || FUNCTIONS.contains(token)) {
          require(FUNCTIONS.contains(token), "unknown function " + token + " in " + text);
        } else {
          selectors.add(new Selector(token, next.startsWith("{") ? labels(next, text) : List.of()));
        }
      }
    }
    require(!selectors.isEmpty(), "no metric in " + text);
    return new PromQuery(text, selectors, grouping);
  }

  private static List<String> tokens(String text) {
    List<String> tokens = new ArrayList<>();
    Matcher token = TOKEN.matcher(text);
    int end = 0;
    while (token.lookingAt()) {
      if (!token.group().isBlank()) {
        tokens.add(token.group());
      }
      end = token.end();
      token.region(end, text.length());
    }
    require(end == text.length(), "cannot read " + text.substring(end) + " in " + text);
    return tokens;
  }

  private static List<Label> labels(String braces, String text) {
    List<Label> labels = new ArrayList<>();
    Matcher matcher = MATCHER.matcher(braces);
    StringBuilder rest = new StringBuilder();
    while (matcher.find()) {
      labels.add(new Label(matcher.group(1), matcher.group(2), matcher.group(3)));
      matcher.appendReplacement(rest, "");
    }
    matcher.appendTail(rest);
    require(rest.toString().matches("[{},\\s]*"), "cannot read " + braces + " in " + text);
    return labels;
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  /** What in it the page does not have; empty: all is there. */
  List<String> missingOn(MetricsPage page) {
    List<String> missing = new ArrayList<>();
    Set<String> known = new LinkedHashSet<>(OF_PROMETHEUS);
    for (Selector selector : selectors) {
      Map<String, Set<String>> labels = page.samples().get(selector.metric());
      if (selector.metric().equals("up")) {
        continue;
      }
      if (labels == null) {
        missing.add(selector.metric());
        continue;
      }
      known.addAll(labels.keySet());
      for (Label label : selector.labels()) {
        if (!OF_PROMETHEUS.contains(label.name()) && !isThere(label, labels)) {
          missing.add(selector.metric() + label);
        }
      }
    }
    grouping.stream().filter(label -> !known.contains(label)).forEach(missing::add);
    return missing;
  }

  private static boolean isThere(Label label, Map<String, Set<String>> labels) {
    Set<String> values = labels.getOrDefault(label.name(), Set.of());
    return label.how().equals("=~")
        ? values.stream().anyMatch(value -> value.matches(label.value()))
        : values.contains(label.value());
  }
}
