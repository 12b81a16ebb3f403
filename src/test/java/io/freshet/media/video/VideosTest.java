package io.freshet.media.video;

import static io.freshet.testkit.SamplePictures.join;
import static io.freshet.testkit.SampleVideos.PICTURES;
import static io.freshet.testkit.SampleVideos.PLACE;
import static io.freshet.testkit.SampleVideos.box;
import static io.freshet.testkit.SampleVideos.element;
import static io.freshet.testkit.SampleVideos.ints;
import static io.freshet.testkit.SampleVideos.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.media.FileType;
import io.freshet.media.Made;
import io.freshet.media.MediaException;
import io.freshet.testkit.SampleVideos;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VideosTest {
  private static final Duration LONGEST = Duration.ofMinutes(3);

  @TempDir private Path directory = Path.of("");

  @Test
  void takesThePlaceOutOfAnMp4() throws IOException {
    byte[] sent = SampleVideos.mp4();
    assertThat(string(sent)).contains(PLACE, "Core Media 4711", "Canon");
    Made made = make(sent);
    byte[] kept = Files.readAllBytes(made.whole().file());
    assertThat(string(kept))
        .doesNotContain(PLACE, "4711", "Canon", "mebx", "xyz")
        .contains(PICTURES, "avc1");
    assertThat(kept).hasSameSizeAs(sent);
    assertThat(List.of(made.whole().width(), made.whole().height())).containsExactly(640, 360);
    assertThat(made.duration()).isEqualTo(Optional.of(Duration.ofSeconds(5)));
    assertThat(made.whole().type()).isEqualTo(FileType.MP4);
    // What was made is in order still, and has nothing left to be blotted out.
    Files.move(made.whole().file(), directory.resolve("again"));
    assertThat(
            Files.readAllBytes(
                Videos.make(directory.resolve("again"), LONGEST, directory).whole().file()))
        .isEqualTo(kept);
  }

  @Test
  void takesThePlaceOutOfAWebm() throws IOException {
    byte[] sent = SampleVideos.webm();
    Made made = make(sent);
    byte[] kept = Files.readAllBytes(made.whole().file());
    assertThat(string(sent)).contains(PLACE, "4711");
    assertThat(string(kept)).doesNotContain(PLACE, "4711").contains(PICTURES, "V_VP9");
    assertThat(kept).hasSameSizeAs(sent);
    assertThat(List.of(made.whole().width(), made.whole().height())).containsExactly(640, 360);
    // Two seconds of the second cluster, and half a second of its block.
    assertThat(made.duration()).isEqualTo(Optional.of(Duration.ofMillis(2_500)));
    assertThatCode(() -> Videos.check(kept, LONGEST)).doesNotThrowAnyException();
  }

  @Test
  void refusesWhatBrowsersDoNotPlayOrWhatIsTooLong() {
    refuses(SampleVideos.mp4(640, 360, 5, "mp4v"), "browsers do not play");
    refuses(SampleVideos.mp4(640, 360, 181, "avc1"), "lasts 181 seconds");
    refuses(SampleVideos.mp4(5_000, 360, 5, "avc1"), "a side has 1 to 4,096");
    refuses(SampleVideos.mp4(0, 0, 5, "avc1"), "a side has 1 to 4,096");
    refuses(join(box("ftyp", text("heic"), ints(0)), box("free")), "no MP4");
    refuses(join(SampleVideos.mp4(), box("moof")), "fragments");
    refuses(
        join(element(0x1A45DFA3, element(0x4282, text("matroska"))), element(0x18538067)),
        "another kind of Matroska");
  }

  @Test
  void refusesSamplesInAnotherFile() {
    byte[] sent = SampleVideos.mp4();
    int url = string(sent).indexOf("url ");
    sent[url + 7] = 0;
    refuses(sent, "refers to another file");
  }

  @Test
  void refusesWhatGoesOnOrIsCutOff() {
    byte[] html = text("<script>alert(1)</script>");
    refuses(join(SampleVideos.mp4(), html), "");
    byte[] whole = SampleVideos.mp4();
    for (int length = 0; length < whole.length; length++) {
      refuses(Arrays.copyOf(whole, length), "");
    }
  }

  /** Whatever the bytes are, it is refused or taken: nothing else happens, and soon. */
  @Test
  void standsEveryDamage() {
    Random random = new Random(11);
    byte[][] all = {SampleVideos.mp4(), SampleVideos.webm()};
    int taken = 0;
    for (int i = 0; i < 10_000; i++) {
      byte[] damaged = all[i % 2].clone();
      for (int j = 0; j <= i % 4; j++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      try {
        Videos.check(damaged, LONGEST);
        taken++;
      } catch (MediaException e) {
        assertThat(e.field()).isEqualTo("file");
      }
    }
    assertThat(taken).isPositive();
  }

  private static void refuses(byte[] file, String why) {
    assertThatThrownBy(() -> Videos.check(file, LONGEST))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining(why);
  }

  private Made make(byte[] sent) throws IOException {
    Path file = directory.resolve("sent");
    Files.write(file, sent);
    return Videos.make(file, LONGEST, directory);
  }

  private static String string(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
