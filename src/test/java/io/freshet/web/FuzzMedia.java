package io.freshet.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.testkit.Form;
import io.freshet.testkit.SamplePictures;
import io.freshet.web.TestClient.Answer;
import io.freshet.web.TestSite.Person;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Random;

/** What the fuzzer needs where files are sent and fetched. */
final class FuzzMedia {
  private static final String PATH = "/api/v1/media";
  private static final int ROUNDS = 300;

  private FuzzMedia() {}

  /** The id of a picture that was just sent, or the name of its file. */
  static String address(TestSite site, Person caller, boolean file) {
    Answer sent = send(site, caller, Form.withFile(SamplePictures.jpeg(8, 8)));
    assertThat(sent.status()).as(sent.body()).isEqualTo(201);
    return file ? sent.text("url").replaceFirst(".*/", "") : sent.text("id");
  }

  /** Forms with a few bytes of them changed, left out or doubled: never a fault. */
  static void forms(TestSite site, Person caller) {
    Random random = new Random(5);
    byte[] valid = Form.withFile(SamplePictures.jpeg(8, 8), "a text");
    for (int i = 0; i < ROUNDS; i++) {
      byte[] form = valid.clone();
      int at = random.nextInt(form.length);
      switch (i % 3) {
        case 0 -> form[at] = (byte) random.nextInt(256);
        case 1 -> form = java.util.Arrays.copyOf(form, at);
        default -> form = SamplePictures.join(java.util.Arrays.copyOf(form, at), form);
      }
      Answer answer = send(site, caller, form);
      assertThat(answer.status()).as(answer.body()).isIn(201, 400, 403, 413);
    }
  }

  private static Answer send(TestSite site, Person caller, byte[] form) {
    return TestClient.to(site.port())
        .as(caller.token())
        .with("Content-Type", Form.TYPE)
        .send("POST", PATH, BodyPublishers.ofByteArray(form));
  }
}
