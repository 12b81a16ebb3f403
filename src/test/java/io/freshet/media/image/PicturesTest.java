package io.freshet.media.image;

import static io.freshet.testkit.SamplePictures.GPS_NOTE;
import static io.freshet.testkit.SamplePictures.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.media.Deadline;
import io.freshet.media.FileType;
import io.freshet.media.Made;
import io.freshet.media.MediaException;
import io.freshet.media.Rendition;
import io.freshet.testkit.MovableClock;
import io.freshet.testkit.SamplePictures;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PicturesTest {
  private static final long MOST_PIXELS = 40_000_000;

  private final MovableClock clock = new MovableClock();

  @TempDir private Path directory = Path.of("");

  @Test
  void takesThePlaceOutOfAPhoto() throws IOException {
    byte[] sent = SamplePictures.jpegWithPlace(400, 300, 1);
    assertThat(text(sent)).contains(GPS_NOTE, "Exif", "adobe");
    Made made = make(sent);
    assertThat(text(bytes(made.whole()))).doesNotContain("GPS", "Exif", "adobe", "4711");
    made.thumbnails().forEach(it -> assertThat(text(bytes(it))).doesNotContain("GPS", "4711"));
  }

  /** Where the sun (top left as drawn) is in each orientation. */
  @ParameterizedTest
  @CsvSource({
    "1,left,top", "2,right,top", "3,right,bottom", "4,left,bottom",
    "5,left,top", "6,right,top", "7,right,bottom", "8,left,bottom"
  })
  void standsUprightHoweverTheCameraWasHeld(int orientation, String side, String end)
      throws IOException {
    Made made = make(SamplePictures.jpegWithPlace(400, 300, orientation));
    boolean turned = orientation >= 5;
    BufferedImage shown = read(made.whole());
    assertThat(shown.getWidth()).isEqualTo(turned ? 300 : 400);
    assertThat(made.whole().width()).isEqualTo(shown.getWidth());
    assertThat(made.whole().height()).isEqualTo(shown.getHeight());
    int middle = 60; // of the sun, from either edge
    int x = side.equals("left") ? middle : shown.getWidth() - middle;
    int y = end.equals("top") ? middle : shown.getHeight() - middle;
    assertThat(isYellow(shown.getRGB(x, y))).isTrue();
  }

  @Test
  @Timeout(value = 2, unit = TimeUnit.SECONDS)
  void refusesAHugePictureWithoutDecodingIt() {
    byte[] huge = SamplePictures.hugePng(50_000, 50_000);
    long start = System.nanoTime();
    for (int i = 0; i < 100; i++) {
      assertThatThrownBy(() -> Pictures.admit(huge, MOST_PIXELS))
          .isInstanceOf(MediaException.class)
          .hasMessageContaining("50,000 x 50,000")
          .hasMessageContaining("40 megapixels");
    }
    // Each costs microseconds; decoding it once would take 7.5 GB.
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void refusesWhatIsSomethingElseToo() {
    byte[] html = "<script>alert(1)</script>".getBytes(StandardCharsets.US_ASCII);
    byte[] zip = {'P', 'K', 3, 4, 20, 0, 0, 0};
    for (byte[] polyglot :
        new byte[][] {
          join(SamplePictures.jpeg(20, 20), html),
          join(SamplePictures.png(20, 20), zip),
          join(SamplePictures.gif(20, 20, 2), html),
          join(SamplePictures.WEBP, html),
          "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
              .getBytes(StandardCharsets.US_ASCII),
          join(
              "GIF89a/*".getBytes(StandardCharsets.US_ASCII),
              "*/=1;alert(1)//____".getBytes(StandardCharsets.US_ASCII))
        }) {
      assertThatThrownBy(() -> Pictures.admit(polyglot, MOST_PIXELS))
          .isInstanceOf(MediaException.class);
    }
  }

  @Test
  void writesNothingThatWasHiddenInside() throws IOException {
    byte[] payload = "<script>alert(1)</script>".getBytes(StandardCharsets.US_ASCII);
    byte[] png =
        SamplePictures.pngWith(
            SamplePictures.png(40, 40),
            "tEXt",
            join("a\0".getBytes(StandardCharsets.US_ASCII), payload));
    assertThat(text(png)).contains("script");
    assertThat(text(bytes(make(png).whole()))).doesNotContain("script", "tEXt");
  }

  @Test
  void neverUnpacksTheTextsOfAPng() throws IOException {
    byte[] bomb =
        SamplePictures.pngWith(SamplePictures.png(40, 40), "zTXt", new byte[] {'a', 0, 0, 1, 2, 3});
    assertThat(make(bomb).whole().width()).isEqualTo(40);
  }

  @Test
  void leavesOutThePicturesThatPhonesPutBehindTheFirst() throws IOException {
    byte[] twice = join(SamplePictures.jpeg(40, 30), SamplePictures.jpegWithPlace(20, 10, 1));
    Made made = make(twice);
    assertThat(made.whole().width()).isEqualTo(40);
    assertThat(text(bytes(made.whole()))).doesNotContain("GPS");
  }

  @Test
  void refusesWhatIsCutOffAnywhere() {
    for (byte[] whole :
        new byte[][] {
          SamplePictures.jpeg(30, 20),
          SamplePictures.png(30, 20),
          SamplePictures.gif(30, 20, 2),
          SamplePictures.WEBP
        }) {
      for (int length = 0; length < whole.length; length++) {
        byte[] part = Arrays.copyOf(whole, length);
        assertThatThrownBy(() -> Pictures.admit(part, MOST_PIXELS))
            .as(length + " bytes")
            .isInstanceOf(MediaException.class);
      }
    }
  }

  /** A damaged file is refused, or decoded to something: it never breaks us. */
  @Test
  void standsEveryDamage() throws IOException {
    Random random = new Random(7);
    byte[][] all = {
      SamplePictures.jpegWithPlace(30, 20, 6),
      SamplePictures.png(30, 20),
      SamplePictures.gif(30, 20, 3),
      SamplePictures.WEBP
    };
    int made = 0;
    for (int i = 0; i < 400; i++) {
      byte[] damaged = all[i % all.length].clone();
      for (int j = 0; j <= i % 5; j++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      try {
        make(damaged);
        made++;
      } catch (MediaException e) {
        assertThat(e).hasMessageMatching("(?s).{5,200}");
      }
    }
    assertThat(made).isPositive();
  }

  @Test
  void keepsAnAnimationWithoutItsComments() throws IOException {
    byte[] sent = SamplePictures.gif(64, 48, 5);
    assertThat(text(sent)).contains(GPS_NOTE);
    Made made = make(sent);
    assertThat(made.whole().type()).isEqualTo(FileType.GIF);
    byte[] kept = bytes(made.whole());
    assertThat(text(kept)).doesNotContain("GPS").contains("NETSCAPE2.0");
    assertThat(ImageHeaders.read(kept).frames()).isEqualTo(5);
    ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
    try (FileImageInputStream input = new FileImageInputStream(made.whole().file().toFile())) {
      reader.setInput(input);
      assertThat(reader.read(0).getRGB(5, 5)).isEqualTo(Color.RED.getRGB());
      assertThat(reader.read(3).getRGB(5, 5)).isEqualTo(Color.BLUE.getRGB());
    } finally {
      reader.dispose();
    }
  }

  @Test
  void refusesAnAnimationOfTooManyPixels() {
    byte[] gif = SamplePictures.gif(100, 100, 9);
    assertThat(Pictures.admit(gif, 22_500).frames()).isEqualTo(9);
    assertThatThrownBy(() -> Pictures.admit(gif, 22_000)).hasMessageContaining("frames");
  }

  @Test
  void makesSmallerCopiesAndNoLargerOnes() throws IOException {
    assertThat(make(SamplePictures.jpeg(2_000, 1_500)).thumbnails())
        .extracting(Rendition::width, Rendition::height)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(320, 240),
            org.assertj.core.groups.Tuple.tuple(800, 600),
            org.assertj.core.groups.Tuple.tuple(1_600, 1_200));
    assertThat(make(SamplePictures.jpeg(320, 240)).thumbnails()).isEmpty();
    assertThat(make(SamplePictures.jpeg(2, 3_000)).thumbnails()).isEmpty();
  }

  @Test
  void takesWebpAndWritesItAsWhatEverybodyReads() throws IOException {
    Made made = make(SamplePictures.WEBP);
    assertThat(made.whole().type()).isIn(FileType.PNG, FileType.JPEG);
    assertThat(read(made.whole()).getWidth()).isEqualTo(1);
  }

  @Test
  void keepsWhatIsTransparentAndTheGreyOfGrey() throws IOException {
    Made made = make(SamplePictures.png(60, 60));
    assertThat(made.whole().type()).isEqualTo(FileType.PNG);
    assertThat(read(made.whole()).getRGB(30, 30) >>> 24).isZero();
    BufferedImage grey = new BufferedImage(20, 20, BufferedImage.TYPE_BYTE_GRAY);
    grey.getRaster().setPixels(0, 0, 20, 20, filled(400, 100));
    BufferedImage shown = read(make(SamplePictures.encoded(grey, "png")).whole());
    assertThat(shown.getRaster().getSample(5, 5, 0)).isBetween(98, 102);
  }

  @Test
  void givesUpWhenTimeIsOver() {
    byte[] sent = SamplePictures.jpeg(400, 300);
    Deadline deadline = Deadline.in(Duration.ofSeconds(1), clock);
    clock.advance(Duration.ofSeconds(2));
    assertThatThrownBy(
            () -> Pictures.make(sent, Pictures.admit(sent, MOST_PIXELS), deadline, directory))
        .hasMessageContaining("too long");
  }

  @Test
  void hashesColoursAsOthersDo() throws IOException {
    BufferedImage plain = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
    assertThat(BlurHash.of(plain)).hasSize(28).startsWith("L00000");
    Made made = make(SamplePictures.jpeg(640, 480));
    assertThat(made.blurhash()).hasSize(28).startsWith("L");
  }

  private Made make(byte[] sent) {
    return Pictures.make(
        sent,
        Pictures.admit(sent, MOST_PIXELS),
        Deadline.in(Duration.ofSeconds(30), clock),
        directory);
  }

  private static boolean isYellow(int rgb) {
    Color color = new Color(rgb);
    return color.getRed() > 200 && color.getGreen() > 200 && color.getBlue() < 90;
  }

  private static int[] filled(int length, int value) {
    int[] all = new int[length];
    Arrays.fill(all, value);
    return all;
  }

  private static BufferedImage read(Rendition rendition) throws IOException {
    return ImageIO.read(rendition.file().toFile());
  }

  private static byte[] bytes(Rendition rendition) {
    try {
      return Files.readAllBytes(rendition.file());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
