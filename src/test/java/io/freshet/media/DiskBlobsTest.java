package io.freshet.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.testkit.TestMedia;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DiskBlobsTest extends BlobsContract {
  private final Path root = TestMedia.directory();
  private final DiskBlobs blobs = new DiskBlobs(root);

  @Override
  Blobs blobs() {
    return blobs;
  }

  /** A crash in the middle of writing leaves such a file. */
  @Test
  void neverShowsHalfAFile() throws IOException {
    Path half = root.resolve("00").resolve(name("00") + ".part");
    Files.createDirectories(root.resolve("00"));
    Files.writeString(half, "half");
    assertThat(blobs.size(name("00"))).isEmpty();
    put("00", "whole");
    assertThat(half).doesNotExist();
    assertThat(read("00", 0, 5)).isEqualTo("whole");
  }

  @Test
  void makesNoNameOfWhatClientsSay() {
    for (String odd :
        new String[] {
          "../secret",
          "a/b.jpg",
          "0123456789abcdef0123456789abcdef.html",
          "0123456789ABCDEF0123456789ABCDEF.jpg",
          "0123456789abcdef0123456789abcdef.jpg/..",
          "0123456789abcdef0123456789abcdef_0.jpg",
          ""
        }) {
      assertThat(FileName.parse(odd)).as(odd).isEmpty();
    }
  }
}
