package io.freshet.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.testkit.Form;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartTest {
  private static final String BOUNDARY = "----form7MA4YWxk";
  private static final int MOST = 300_000;

  private final ByteArrayOutputStream file = new ByteArrayOutputStream();
  private final ByteArrayOutputStream alt = new ByteArrayOutputStream();

  /** Also where a part ends at the edge of the buffer, and where it holds half a boundary. */
  @Test
  void readsWhatWasSentHoweverItComes() throws IOException {
    for (int size : new int[] {0, 1, 65_300, 65_400, 65_500, 65_536, 131_000, 200_000}) {
      for (int step : new int[] {1, 7, 1_000_000}) {
        byte[] sent = content(size);
        file.reset();
        alt.reset();
        Set<String> seen = read(slowly(Form.withFile(sent, "žluť"), step));
        assertThat(seen).containsExactlyInAnyOrder("file", "alt");
        assertThat(file.toByteArray()).isEqualTo(sent);
        assertThat(alt.toString(StandardCharsets.UTF_8)).isEqualTo("žluť");
      }
    }
  }

  @Test
  void stopsAtTheLimitOfAField() throws IOException {
    read(stream(Form.withFile(content(MOST))));
    assertThatThrownBy(() -> read(stream(Form.withFile(content(MOST + 1)))))
        .isInstanceOf(WebException.class)
        .hasMessageContaining("at most");
    assertThat(file.size()).isLessThanOrEqualTo(2 * MOST);
  }

  @Test
  void refusesFieldsThatItDoesNotKnowOrKnowsAlready() {
    refuses(new Form().field("role", "admin").bytes(), "role is not a known field");
    refuses(new Form().field("alt", "a").field("alt", "b").bytes(), "alt must be given once");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "--B",
        "--B--",
        "--B--\r\nepilogue",
        "preamble\r\n--B\r\nContent-Disposition: form-data; name=\"alt\"\r\n\r\nx\r\n--B--",
        "--B\r\n\r\nx\r\n--B--",
        "--B\r\nContent-Disposition: form-data\r\n\r\nx\r\n--B--",
        "--B\r\nContent-Disposition: form-data; name=alt\r\n\r\nx\r\n--B--",
        "--B\nContent-Disposition: form-data; name=\"alt\"\n\nx\n--B--",
        "--B\r\nContent-Disposition: form-data; name=\"alt\"\r\n\r\nx",
        "--B\r\nContent-Disposition: form-data; name=\"alt\"\r\n\r\nx\r\n--Bx",
        "--B\r\nContent-Disposition: form-data; name=\"alt\"\r\nContent-Transfer-Encoding: base64\r\n\r\neA==\r\n--B--",
        "--B\r\nA: 1\r\nA: 1\r\nA: 1\r\nA: 1\r\nA: 1\r\nA: 1\r\nA: 1\r\nA: 1\r\nA: 1\r\n\r\nx\r\n--B--"
      })
  void refusesWhatIsNotWellFormed(String body) {
    byte[] bytes = body.replace("--B", "--" + BOUNDARY).getBytes(StandardCharsets.UTF_8);
    if (body.equals("--B--")) {
      assertThat(quietly(bytes)).isEmpty();
    } else {
      assertThatThrownBy(() -> read(stream(bytes))).as(body).isInstanceOf(WebException.class);
    }
  }

  @Test
  void standsEveryDamage() {
    Random random = new Random(3);
    byte[] valid = Form.withFile(content(200), "a text");
    for (int i = 0; i < 5_000; i++) {
      byte[] form = Arrays.copyOf(valid, random.nextInt(valid.length) + 1);
      form[random.nextInt(form.length)] = (byte) random.nextInt(256);
      try {
        read(stream(form));
      } catch (IOException | WebException refused) {
        assertThat(refused).isInstanceOf(WebException.class);
      }
    }
  }

  private Set<String> quietly(byte[] form) {
    try {
      return read(stream(form));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void refuses(byte[] form, String why) {
    assertThatThrownBy(() -> read(stream(form)))
        .isInstanceOf(WebException.class)
        .hasMessageContaining(why);
  }

  private Set<String> read(InputStream form) throws IOException {
    return Multipart.read(
        form,
        BOUNDARY,
        Map.of(
            "file", new Multipart.Field("A file", MOST, file),
            "alt", new Multipart.Field("The text", 1_000, alt)));
  }

  private static byte[] content(int size) {
    byte[] pattern = ("\r\n--" + BOUNDARY.substring(0, 9)).getBytes(StandardCharsets.UTF_8);
    byte[] content = new byte[size];
    for (int i = 0; i < size; i++) {
      content[i] = pattern[i % pattern.length];
    }
    return content;
  }

  private static InputStream stream(byte[] form) {
    return new ByteArrayInputStream(form);
  }

  /** Gives so many bytes at a time. */
  private static InputStream slowly(byte[] form, int step) {
    return new ByteArrayInputStream(form) {
      @Override
      public synchronized int read(byte[] into, int at, int length) {
        return super.read(into, at, Math.min(step, length));
      }
    };
  }
}
