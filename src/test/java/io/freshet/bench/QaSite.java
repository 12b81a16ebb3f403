package io.freshet.bench;

import io.freshet.platform.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A running server with a town of questions, and every kind of request that its readers send. */
final class QaSite {
  private static final String QUESTIONS = "/api/v1/questions";

  /** Pages of 20 that people walk back by number, where a tenth of the volume has as many. */
  private static final int DEEP = 400;

  /** Pages that are walked by cursor to the deep one. */
  private static final int STEPS = 100;

  /** Pages of the hot whose questions are read. */
  private static final int READ = 20;

  private final String address;
  private final HttpClient client;

  QaSite(int port, HttpClient client) {
    this.address = "http://127.0.0.1:" + port;
    this.client = client;
  }

  /**
   * What is asked of it.
   *
   * @param smallest the site whose lists are the shortest of those that are compared: full pages of
   *     them are full everywhere
   */
  List<QaEndpoint> endpoints(QaSite smallest) throws IOException, InterruptedException {
    List<QaEndpoint> all = new ArrayList<>();
    for (String sort : List.of("new", "hot", "unanswered")) {
      String path = QUESTIONS + "?sort=" + sort;
      lists(all, sort, path, smallest.lastFullPage(path));
    }
    String tagged = QUESTIONS + "?tag=java";
    lists(all, "a common tag", tagged, smallest.lastFullPage(tagged));
    questions(all);
    searches(all, names());
    for (int letters = 2; letters <= 6; letters++) {
      all.add(new QaEndpoint("suggest, " + letters + " letters", suggestions(letters)));
    }
    all.add(new QaEndpoint("popular tags, cached", List.of("/api/v1/rankings/tags")));
    all.add(new QaEndpoint("best members, cached", List.of("/api/v1/rankings/members")));
    return all;
  }

  private void lists(List<QaEndpoint> all, String name, String path, int page)
      throws IOException, InterruptedException {
    all.add(new QaEndpoint(name + ", first page", List.of(path)));
    all.add(new QaEndpoint(name + ", deep page by number", List.of(path + "&page=" + page)));
    String cursor = "";
    for (int step = 1; step < Math.min(page, STEPS); step++) {
      cursor = "&cursor=" + json(path + "&limit=20" + cursor).path("nextCursor").asString();
    }
    all.add(new QaEndpoint(name + ", deep page by cursor", List.of(path + cursor)));
  }

  private int lastFullPage(String path) throws IOException, InterruptedException {
    return Math.clamp(json(path + "&page=1").path("pages").asInt() - 1, 1, DEEP);
  }

  private void questions(List<QaEndpoint> all) throws IOException, InterruptedException {
    List<String> pages = new ArrayList<>();
    List<String> first = new ArrayList<>();
    List<String> second = new ArrayList<>();
    List<String> byCursor = new ArrayList<>();
    int last = Math.min(READ, lastFullPage(QUESTIONS + "?sort=hot"));
    for (int page = 1; page <= last; page++) {
      for (JsonNode item : json(QUESTIONS + "?sort=hot&page=" + page).path("items")) {
        String question = QUESTIONS + "/" + item.path("id").asString();
        pages.add(question);
        first.add(question + "/answers");
        if (item.path("answers").asInt() > 60) {
          second.add(question + "/answers?page=2");
          String cursor = json(question + "/answers").path("nextCursor").asString();
          byCursor.add(question + "/answers?cursor=" + cursor);
        }
      }
    }
    all.add(new QaEndpoint("question", pages));
    all.add(new QaEndpoint("its answers", first));
    if (!second.isEmpty()) {
      all.add(new QaEndpoint("more answers by number", second));
      all.add(new QaEndpoint("more answers by cursor", byCursor));
    }
  }

  /** Words of which each is in few texts: of what was asked last. */
  private List<String> names() throws IOException, InterruptedException {
    List<String> titles = new ArrayList<>();
    for (JsonNode item : json(QUESTIONS + "?limit=100").path("items")) {
      titles.add(item.path("title").asString());
    }
    List<String> names = titles.stream().flatMap(QaWords::names).distinct().limit(30).toList();
    return names.isEmpty() ? List.of("shatokru") : names;
  }

  private static void searches(List<QaEndpoint> all, List<String> rare) {
    List<String> common = new ArrayList<>(QaWords.ENGLISH);
    common.addAll(QaWords.RUSSIAN);
    List<String> both = new ArrayList<>();
    List<String> phrases = new ArrayList<>();
    List<String> mixed = new ArrayList<>();
    List<String> without = new ArrayList<>();
    for (int i = 0; i < common.size(); i++) {
      String word = common.get(i);
      String other = common.get((i + 3) % common.size());
      String name = rare.get(i % rare.size());
      both.add(word + " " + other);
      phrases.add('"' + word + " " + other + '"');
      mixed.add(word + " " + name);
      mixed.add(word + " or " + name);
      without.add(word + " -" + other);
    }
    all.add(search("questions", "common words", common));
    all.add(search("questions", "rare words", rare));
    all.add(search("questions", "two common words", both));
    all.add(search("questions", "phrases", phrases));
    all.add(search("questions", "a common and a rare word", mixed));
    all.add(search("questions", "one word without another", without));
    all.add(search("questions", "no such word", List.of("qqqxyz", "ъъъ", "zq99999999")));
    all.add(search("posts", "common words", common));
    all.add(
        search("people", "names", List.of("anna", "ива", "asker12", "asker77", "maria", "ann a")));
    all.add(search("people", "names misspelt", List.of("annna", "assker12", "ивванова", "mraia")));
    all.add(search("tags", "names", List.of("ja", "java", "sha", "shato", "postgrsql")));
  }

  private static QaEndpoint search(String kind, String name, List<String> words) {
    return new QaEndpoint(
        "search " + kind + ", " + name,
        words.stream().map(word -> "/api/v1/search?kind=" + kind + "&q=" + encoded(word)).toList());
  }

  private static List<String> suggestions(int letters) {
    List<String> paths = new ArrayList<>();
    List<String> words = new ArrayList<>(QaWords.ENGLISH);
    words.addAll(QaWords.RUSSIAN);
    words.addAll(List.of("anna", "иванов", "postgresql", "asker12", "shatokr"));
    for (String word : words) {
      String begun = word.substring(0, Math.min(letters, word.length()));
      paths.add("/api/v1/search/suggest?q=" + encoded(begun));
    }
    return paths;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private JsonNode json(String path) throws IOException, InterruptedException {
    return Json.MAPPER.readTree(get(path));
  }

  /** The body; what is no 200 is no measurement. */
  byte[] get(String path) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer =
        client.send(
            HttpRequest.newBuilder(URI.create(address + path)).build(), BodyHandlers.ofByteArray());
    if (answer.statusCode() != 200) {
      throw new IOException(
          path
              + " answers "
              + answer.statusCode()
              + ": "
              + new String(answer.body(), StandardCharsets.UTF_8));
    }
    return answer.body();
  }
}
