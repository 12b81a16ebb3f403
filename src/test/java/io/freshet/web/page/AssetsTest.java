package io.freshet.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.web.TestClient;
import io.freshet.web.TestClient.Answer;
import io.freshet.web.TestSite;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page's files over HTTP. */
class AssetsTest {
  private static final String SCRIPT = "/assets/app-1a2b3c4d.js";

  @AutoClose private static final TestSite SITE = TestSite.open();
  private static final TestClient ANYONE = SITE.anyone();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "br|br",
        "gzip, deflate, br, zstd|br",
        "gzip;q=1.0, br;q=0|gzip",
        "GZIP|gzip",
        "deflate|''",
        "identity|''",
        "gzip;q=0|''",
        "brr|''"
      })
  void sendsTheFormThatIsTaken(String accepted, String sent) {
    Answer file = ANYONE.with("Accept-Encoding", accepted).get(SCRIPT);
    assertThat(file.status()).isEqualTo(200);
    assertThat(file.header("Content-Encoding")).isEqualTo(sent);
    assertThat(file.header("Vary")).isEqualTo("Accept-Encoding");
    assertThat(file.header("Content-Type")).isEqualTo("text/javascript; charset=utf-8");
    if (sent.isEmpty()) {
      assertThat(file.body()).contains("console.log");
    } else {
      assertThat(file.body()).doesNotContain("console.log");
    }
  }

  @Test
  void isKeptForEverByWhoeverHasIt() {
    Answer script = ANYONE.get(SCRIPT);
    assertThat(script.header("Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
    assertThat(script.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(script.header("Content-Encoding")).isEmpty();
    Answer style = ANYONE.with("Accept-Encoding", "br, gzip").get("/assets/app-5e6f7a8b.css");
    assertThat(style.header("Content-Type")).isEqualTo("text/css; charset=utf-8");
    assertThat(style.header("Content-Encoding")).as("the build left no other form").isEmpty();
    Answer icon = ANYONE.get("/icon.svg");
    assertThat(icon.header("Content-Type")).isEqualTo("image/svg+xml");
    assertThat(icon.header("Cache-Control")).isEqualTo("public, max-age=3600");
    assertThat(icon.header("Content-Security-Policy")).contains("default-src 'none'", "sandbox");
    Answer head = ANYONE.send("HEAD", SCRIPT, BodyPublishers.noBody());
    assertThat(head.header("Content-Length")).isEqualTo(Integer.toString(script.body().length()));
    assertThat(head.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/assets/app-ffffffff.js",
        "/assets/app-1a2b3c4d.js.br",
        "/assets/app-1a2b3c4d.js.gz",
        "/assets/index.html",
        "/assets/..%2findex.html",
        "/assets/..%2ficon.svg",
        "/assets/%2e%2e%2ficon.svg",
        "/assets/app-1a2b3c4d",
        "/assets/.js",
        "/assets/app.class",
        "/manifest.webmanifest"
      })
  void hasNoOtherFiles(String path) {
    Answer answer = ANYONE.get(path);
    assertThat(answer.status()).as(answer.body()).isIn(400, 404);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
  }
}
