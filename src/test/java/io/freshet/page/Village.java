package io.freshet.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.testkit.Form;
import io.freshet.testkit.SamplePictures;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * A few people who have done everything that a page can show, and much of what makes it long, wide
 * or odd: names and words without end, writing from right to left, code, tables, pictures. Made
 * once, by the API.
 */
final class Village {
  private static final String API = "/api/v1";
  private static final int PAGE_OF_ANSWERS = 30;
  private static final String ENDLESS = "Donaudampfschifffahrtsgesellschaft".repeat(9);

  private static final String BODY =
      """
      # A heading of the author's own

      It *fails* with `Exception in thread "main"` and a LONG, see [the log](https://example.org/LONG):

      ```java
      public static void main(String[] args) { System.out.println("LONG"); }
      ```

      > It worked yesterday.

      1. one
      2. two

      ![What I see](SHOWN) ![](SHOWN)
      """;

  private final PageServer server = PageServer.running();

  /** Whose pages are looked at; an administrator. */
  final Person reader = server.person("Grace Hopper");

  /** Whose name is longer than any column. */
  final Person author = server.person("Ada Lovelace");

  final Person third = server.person("Charles Babbage");

  /** Somebody who has and knows nobody and nothing. */
  final Person newcomer = server.person("Nadia Rahal");

  final String post;
  final String question;
  final String unanswered;

  /** Words that people wrote, which no language of the page's is to be expected of. */
  final List<String> names;

  private Village() {
    server.appoints(reader);
    author
        .api()
        .put(
            API + "/accounts/me",
            Map.of(
                "firstName",
                "Wolfeschlegelsteinhausenbergerdorff".repeat(2),
                "lastName",
                "عبد الرحمن 🦉 " + "X".repeat(80),
                "city",
                "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch",
                "biography",
                ENDLESS + "\n\nשלום עולם #words https://example.org/" + "path/".repeat(60)));
    reader.follows(author);
    reader.follows(third);
    author.follows(reader);
    third.follows(reader);
    third.follows(author);
    post = posts();
    question = asksAtLength();
    unanswered = third.asks("Does anybody know this?", "Nobody has answered yet.", "words");
    concernsTheReader();
    names = List.of(nameOf(author), reader.name(), third.name(), newcomer.name(), author.name());
    reader.mutes(newcomer);
    reader.restricts(newcomer);
    reader.awaits(post);
  }

  /** The same for all tests. */
  static Village built() {
    return Built.VILLAGE;
  }

  private String posts() {
    author.posts(ENDLESS + "\n" + "https://example.org/" + "a".repeat(300));
    author.posts("مرحبا بالعالم، هذا منشور باللغة العربية #كلمات @" + reader.handle());
    author.posts(
        "😀".repeat(60) + " 👩‍👩‍👧‍👦🏳️‍🌈 " + "е́".repeat(20) + "\n".repeat(12) + "the end");
    third.shares(author.posts("Shared by somebody else #words"));
    author.posts("One picture", SamplePictures.jpeg(640, 1_200), "A tall sky over a red roof");
    List<String> media =
        IntStream.range(0, 4).mapToObj(number -> picture(300 + 100 * number, 300)).toList();
    String id =
        answered(
            author
                .api()
                .post(
                    API + "/posts",
                    Map.of("text", "Four pictures, and @" + reader.handle(), "media", media)));
    third.comments(id, ENDLESS);
    third.comments(id, "تعليق باللغة العربية");
    reader.comments(id, "A comment of the reader's own\n\nin two paragraphs");
    reader.likes(id);
    return id;
  }

  private String picture(int width, int height) {
    byte[] form = Form.withFile(SamplePictures.jpeg(width, height), "A sky");
    return answered(
        author.api().with("Content-Type", Form.TYPE).json("POST", API + "/media", form));
  }

  private static String answered(io.freshet.web.TestClient.Answer answer) {
    assertThat(answer.status()).as(answer.body()).isBetween(200, 299);
    return answer.text("id");
  }

  private String asksAtLength() {
    String shown = reader.reads(API + "/posts/" + post).at("/attachments/0/url").asString();
    String body = BODY.replace("LONG", ENDLESS).replace("SHOWN", shown);
    String id =
        author.asks(
            "Why does " + "VeryLong".repeat(12) + " fail? لماذا",
            body,
            "java",
            "words",
            "a-long-tag-of-many-words");
    for (int i = 0; i <= PAGE_OF_ANSWERS; i++) {
      third.answers(id, "Attempt " + i + ": `" + "code".repeat(40) + "`");
    }
    String best = reader.answers(id, body);
    author.accepts(best);
    third.votesOnAnswer(best, 1);
    third.votesOnQuestion(id, 1);
    return id;
  }

  private void concernsTheReader() {
    String own = reader.posts("A post of the reader's own");
    String asked = reader.asks("What did the reader ask?", "This.", "words");
    for (Person person : List.of(author, third)) {
      person.likes(own);
      person.shares(own);
      person.comments(own, "So it is");
      person.answers(asked, "That.");
    }
    for (Person one : server.people(5, "Member")) {
      one.follows(reader);
      one.likes(own);
      one.votesOnQuestion(asked, 1);
    }
  }

  private String nameOf(Person person) {
    JsonNode account = person.reads(API + "/accounts/me");
    return account.path("firstName").asString() + " " + account.path("lastName").asString();
  }

  /** Loaded, and thereby made, at first use. */
  private static final class Built {
    static final Village VILLAGE = new Village();
  }
}
