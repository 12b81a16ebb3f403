package io.freshet.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.media.s3.S3Blobs;
import io.freshet.platform.MediaSettings;
import io.freshet.platform.UnavailableException;
import io.freshet.testkit.FakeS3;
import java.io.IOException;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class S3BlobsTest extends BlobsContract {
  private final FakeS3 store = FakeS3.start();
  private final S3Blobs blobs = new S3Blobs(store.settings(), InstantSource.system());

  @Override
  Blobs blobs() {
    return blobs;
  }

  @AfterEach
  void stop() {
    store.close();
  }

  @Test
  void triesOnceMoreWhenTheStoreFails() throws IOException {
    store.fail(1);
    put("00", "kept");
    assertThat(read("00", 0, 4)).isEqualTo("kept");
    store.fail(2);
    assertThatThrownBy(() -> blobs.size(name("00")))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("503");
  }

  @Test
  void saysWhyItWasRefused() {
    MediaSettings.S3 right = store.settings();
    S3Blobs strangers =
        new S3Blobs(
            new MediaSettings.S3(right.endpoint(), "us", right.bucket(), "other", "secret"),
            InstantSource.system());
    assertThatThrownBy(() -> strangers.names("", 1))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("403")
        .hasMessageContaining("AccessDenied");
  }
}
