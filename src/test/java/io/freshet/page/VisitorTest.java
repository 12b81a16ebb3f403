package io.freshet.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** People of these tests, by their browsers and by the API. */
class VisitorTest {
  private static final String WHO =
      "() => fetch('/api/v1/accounts/me').then(it => it.json()).then(it => it.handle)";

  @RegisterExtension private final Browsers browsers = new Browsers();

  @Test
  void eachHasASessionOfTheirOwn() {
    Person ada = browsers.person("Ada Lovelace");
    Person charles = browsers.person("Charles Babbage");
    Visitor first = Sample.show(browsers.visitor(ada), "");
    Visitor second = Sample.show(browsers.visitor(charles), "");
    assertThat(first.page().evaluate(WHO)).isEqualTo(ada.handle());
    assertThat(second.page().evaluate(WHO)).isEqualTo(charles.handle());
    assertThat(first.page().evaluate("document.cookie")).isEqualTo("");
    first.page().evaluate("() => fetch('/api/v1/sessions/current', { method: 'DELETE' })");
    first.expects("401 GET /api/v1/accounts/me").page().evaluate(WHO);
  }

  @Test
  void signsInAsAPageDoes() {
    Person ada = browsers.person("Ada Lovelace");
    Visitor visitor = Sample.show(browsers.visitor(), "");
    Object status =
        visitor
            .page()
            .evaluate(
                """
                body => fetch('/api/v1/sessions', {
                  method: 'POST',
                  headers: { 'Content-Type': 'application/json' },
                  body: JSON.stringify(body),
                }).then(it => it.status)
                """,
                Map.of("handle", ada.handle(), "password", ada.password(), "cookie", true));
    assertThat(status).isEqualTo(201);
    assertThat(visitor.page().evaluate(WHO)).isEqualTo(ada.handle());
  }

  @Test
  void looksAsItIsTold() {
    Visitor visitor = Sample.show(browsers.visitor(Look.USUAL.dark().narrow().russian()), "");
    assertThat(
            visitor
                .page()
                .evaluate(
                    "() => [innerWidth, navigator.language, matchMedia('(prefers-color-scheme: dark)').matches]"))
        .isEqualTo(List.of(320, "ru-RU", true));
  }

  @Test
  void actsByTheApi() {
    List<Person> people = browsers.server().people(3, "Member");
    Person author = people.getFirst();
    Person reader = people.get(1);
    reader.follows(author);
    List<String> posts = author.posts(3, number -> "Post " + number);
    reader.awaits(posts.getLast());
    reader.likes(posts.getLast());
    reader.comments(posts.getLast(), "Well said");
    author.edits(posts.getFirst(), "Post the first");
    author.deletes(posts.get(1));
    assertThat(reader.reads("/api/v1/feed").path("items").findValuesAsString("text"))
        .contains("Post 2", "Post the first")
        .doesNotContain("Post 1");
    String question = author.asks("How many?", "I *wonder*.", "numbers");
    String answer = reader.answers(question, "Three.");
    author.accepts(answer);
    people.getLast().votesOnAnswer(answer, 1);
    assertThat(author.reads("/api/v1/questions/" + question).path("title").asString())
        .isEqualTo("How many?");
  }

  @Test
  void readsItsMail() {
    Person ada = browsers.person("Ada Lovelace");
    String address = ada.handle() + "@example.org";
    ada.api().put("/api/v1/accounts/me/mail", Map.of("address", address));
    assertThat(browsers.server().mailTo(address)).contains("/mail/confirm?");
  }
}
