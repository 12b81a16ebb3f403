package io.freshet.media.video;

import io.freshet.media.MediaException;
import io.freshet.testkit.FuzzTarget;
import io.freshet.testkit.SampleVideos;
import java.time.Duration;
import java.util.List;

/** MP4 and WebM files: taken, or refused by a {@link MediaException}. */
final class VideoTarget implements FuzzTarget {
  private static final Duration LONGEST = Duration.ofMinutes(3);

  @Override
  public void take(byte[] input) {
    if (Videos.sniff(input).isEmpty()) {
      return;
    }
    try {
      if (Videos.check(input, LONGEST).compareTo(LONGEST) > 0) {
        throw new IllegalStateException("too long");
      }
    } catch (MediaException refused) {
      return;
    }
  }

  @Override
  public List<byte[]> seeds() {
    return List.of(SampleVideos.mp4(), SampleVideos.webm());
  }
}
