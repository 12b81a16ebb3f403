package io.freshet.media.image;

import io.freshet.media.MediaException;
import io.freshet.testkit.FuzzTarget;
import io.freshet.testkit.SamplePictures;
import java.util.List;

/** Headers of pictures: admitted or refused by a {@link MediaException}, before any decoding. */
final class PictureTarget implements FuzzTarget {
  private static final long MOST_PIXELS = 40_000_000;

  @Override
  public void take(byte[] input) {
    if (ImageHeaders.sniff(input).isEmpty()) {
      return;
    }
    try {
      ImageHeader header = Pictures.admit(input, MOST_PIXELS);
      if (header.pixels() > MOST_PIXELS) {
        throw new IllegalStateException("admitted " + header);
      }
    } catch (MediaException refused) {
      return;
    }
  }

  @Override
  public List<byte[]> seeds() {
    return List.of(
        SamplePictures.png(8, 6),
        SamplePictures.jpegWithPlace(8, 6, 3),
        SamplePictures.gif(4, 4, 3),
        SamplePictures.hugePng(50_000, 50_000));
  }
}
