package io.freshet.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.testkit.MovableClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes into headers, texts and links of mails. */
class MailWordsTest {
  private static final byte[] SECRET =
      "a secret of at least thirty-two bytes".getBytes(StandardCharsets.UTF_8);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\r\nBcc: all@example.org",
        "a\nb",
        "a\u0000b",
        "a\u0085b",
        "a\u2028b",
        "a\u202eb",
        "a\ud800b"
      })
  void keepsControlCharactersOutOfHeaders(String text) {
    MailText says = new MailText("A subject", "text", "html");
    assertThat(OneLine.of(text, 100)).doesNotContainPattern("[\\p{Cntrl}\u2028\u202e\u0085]");
    assertThatThrownBy(() -> new MailText(text, "", ""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Letter(1, 1, text, says, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Letter(1, 1, "a@b.org", says, Optional.of(text)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void cutsByWholeCharacters() {
    assertThat(OneLine.of("  one   two ", 7)).isEqualTo("one two");
    assertThat(OneLine.of("😀😀😀😀", 3)).isEqualTo("😀😀…");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ada",
        "ada@",
        "@example.org",
        "ada@example",
        "ada@example.org\r\nBcc: x@example.org",
        "ada@example.org,x@example.org",
        "ada@exa mple.org",
        "Ada <ada@example.org>",
        "\"ada\"@example.org",
        "a..b@example.org",
        "ada@-example.org",
        "ada@[127.0.0.1]",
        "ада@example.org"
      })
  void refusesWhatIsNoPlainAddress(String text) {
    assertThatThrownBy(() -> MailAddress.of(text)).isInstanceOf(MailException.class);
  }

  @Test
  void takesAddressesAndTheirDomainInAnyCase() {
    assertThat(MailAddress.of("Ada.L+feed@Mail.Example.ORG").text())
        .isEqualTo("Ada.L+feed@mail.example.org");
    assertThatThrownBy(() -> MailAddress.of("a".repeat(65) + "@example.org"))
        .isInstanceOf(MailException.class);
    assertThatThrownBy(() -> MailAddress.of("a@" + "b.".repeat(130) + "org"))
        .isInstanceOf(MailException.class);
  }

  @Test
  void escapesWhatStandsInHtmlAndNotWhatStandsInText() {
    String odd = "<img src=x onerror=alert(1)> & \"Ada\"";
    MailText text = new Templates().fill("confirm", Map.of("handle", odd, "days", 3, "link", "l"));
    assertThat(text.html()).doesNotContain("<img").contains("&lt;img");
    assertThat(text.text()).contains(odd);
    assertThatThrownBy(() -> new Templates().fill("confirm", Map.of("handle", "ada")))
        .hasMessageContaining("days");
  }

  @Test
  void takesOnlyTheTokensItHasGivenOut() {
    MovableClock clock = new MovableClock();
    MailTokens tokens = new MailTokens(SECRET, clock);
    String ends = tokens.unsubscribe(7);
    String confirms = tokens.confirm(7, "ada@example.org");
    assertThat(tokens.unsubscribed(ends)).hasValue(7);
    assertThat(tokens.confirms(confirms, 7, "ada@example.org")).isTrue();
    assertThat(tokens.unsubscribed(confirms)).isEmpty();
    assertThat(tokens.confirms(ends, 7, "ada@example.org")).isFalse();
    assertThat(tokens.confirms(confirms, 8, "ada@example.org")).isFalse();
    assertThat(tokens.confirms(confirms, 7, "eve@example.org")).isFalse();
    assertThat(tokens.unsubscribed(ends.replace("u7", "u8"))).isEmpty();
    assertThat(tokens.unsubscribed(ends + "A")).isEmpty();
    byte[] other = "another secret of at least thirty-two".getBytes(StandardCharsets.UTF_8);
    assertThat(new MailTokens(other, clock).unsubscribed(ends)).isEmpty();
    clock.advance(Duration.ofDays(400));
    assertThat(tokens.unsubscribed(ends)).hasValue(7);
    assertThat(tokens.confirms(confirms, 7, "ada@example.org")).isFalse();
  }
}
