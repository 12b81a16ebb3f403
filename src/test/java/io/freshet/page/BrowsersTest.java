package io.freshet.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What goes wrong in a browser fails the test, unless the test has said so. */
class BrowsersTest {
  private final Browsers browsers = new Browsers();
  private final Visitor visitor = Sample.show(browsers.visitor(), "<p>Words</p>");

  @AfterEach
  void close() {
    browsers.close();
  }

  @Test
  void letsPassWhatIsWell() {
    visitor.page().evaluate("() => fetch('/health/live')");
    assertThat(visitor.unexpected()).isEmpty();
  }

  @Test
  void failsByWhatIsLoggedAsAnError() {
    visitor.page().evaluate("() => { console.warn('rather odd'); console.error('quite wrong'); }");
    assertThatThrownBy(() -> browsers.end("logged", Optional.empty()))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("console: quite wrong")
        .hasMessageNotContaining("rather odd");
  }

  @Test
  void failsByAnExceptionThatNobodyCaught() {
    visitor.page().evaluate("() => { setTimeout(() => { throw new Error('broken'); }) }");
    visitor.page().evaluate("() => { Promise.reject(new Error('not kept')) }");
    visitor.page().evaluate("() => new Promise(done => setTimeout(done, 20))");
    assertThat(visitor.unexpected())
        .anyMatch(line -> line.startsWith("script: Error: broken"))
        .anyMatch(line -> line.startsWith("script: Error: not kept"))
        .hasSize(2);
  }

  @Test
  void failsByWhatThePolicyRefuses() {
    visitor
        .page()
        .evaluate(
            """
            () => new Promise(done => {
              const script = document.createElement('script');
              script.onerror = done;
              document.body.append(script);
              script.setAttribute('src', 'https://elsewhere.example/x.js');
            }).catch(String)
            """);
    assertThat(visitor.unexpected())
        .anyMatch(line -> line.startsWith("policy: require-trusted-types-for"));
  }

  @Test
  void failsByAnAnswerOfAnErrorUnlessThatWasExpected() {
    visitor.page().evaluate("() => fetch('/api/v1/accounts/me?x=1')");
    assertThat(visitor.unexpected()).containsExactly("status: 401 GET /api/v1/accounts/me");
    visitor.expects("401 GET /api/v1/*/me");
    assertThat(visitor.unexpected()).isEmpty();
  }

  @Test
  void failsByWhatWasExpectedInVain() {
    visitor.expects("404 GET");
    visitor.allows("500");
    assertThat(visitor.unexpected())
        .singleElement()
        .isEqualTo("expected and did not happen: 404 GET");
  }

  @Test
  void failsByARequestWithoutAnAnswerUnlessThePageGaveItUp() {
    visitor.page().route("**/lost", route -> route.abort("connectionreset"));
    visitor.page().evaluate("() => fetch('/lost').catch(String)");
    visitor
        .page()
        .evaluate("() => fetch('/health/live', { signal: AbortSignal.abort() }).catch(String)");
    assertThat(visitor.unexpected()).containsExactly("failed: GET /lost net::ERR_CONNECTION_RESET");
  }

  @Test
  void hearsEveryTab() {
    visitor.newTab().evaluate("() => console.error('in the second')");
    assertThat(visitor.unexpected())
        .singleElement()
        .asString()
        .startsWith("console: in the second");
  }

  @Test
  void takesPicturesOfWhatFailedAndAddsWhatItKnows() {
    Path picture = Path.of("target", "page", "pictured-1.png");
    AssertionError failure = new AssertionError("there is no such button");
    browsers.end("pictured", Optional.of(failure));
    assertThat(picture).isNotEmptyFile();
    assertThat(failure.getSuppressed()).singleElement().asString().contains("picture: " + picture);
    assertThat(picture.toFile().delete()).isTrue();
    assertThat(Files.exists(Path.of("target", "page", "pictured-2.png"))).isFalse();
  }
}
