package io.freshet.bench;

import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What people look for in a made-up town of questions. */
final class QaWords {
  static final List<String> ENGLISH =
      List.of("server", "query", "index", "file", "cache", "deadlock", "sorted", "compressing");
  static final List<String> RUSSIAN =
      List.of("сервер", "запрос", "индексы", "файл", "кэш", "журнала", "ускорить", "измерил");

  /** A made-up name of three syllables, which few texts have. */
  private static final Pattern NAME =
      Pattern.compile("(?:(?:[sktrbd]r|sh|st|[bdfgklmnprstvz])[ao]){3}");

  private QaWords() {}

  /** The names in a text, in lower case. */
  static Stream<String> names(String text) {
    return NAME.matcher(text.toLowerCase(Locale.ROOT)).results().map(MatchResult::group);
  }
}
