package io.freshet.bench;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Words of questions, the commonest first, and what people look for. */
final class QaWords {
  static final List<String> ENGLISH =
      List.of(
          "server", "query", "table", "index", "error", "connection", "thread", "class", "method",
          "list", "string", "value", "request", "cache", "python", "java", "memory", "file", "test",
          "version", "docker", "network", "latency", "lambda", "parser", "vector", "kernel",
          "mutex", "quorum", "monad");
  static final List<String> RUSSIAN =
      List.of(
          "сервер", "запрос", "таблица", "индекс", "ошибка", "соединение", "поток", "класс",
          "метод", "список", "строка", "значение", "память", "файл", "тест", "версия", "сеть",
          "задержка", "ядро", "кворум");

  private QaWords() {}

  /** Both by turns as elements of an array, each in quotes. */
  static String sql() {
    return IntStream.range(0, Math.max(ENGLISH.size(), RUSSIAN.size()))
        .boxed()
        .flatMap(i ->
            IntStream.of(0, 1)
                .mapToObj(language -> language == 0 ? ENGLISH : RUSSIAN)
                .filter(words -> i < words.size())
                .map(words -> "'" + words.get(i) + "'"))
        .collect(Collectors.joining(", "));
  }
}
