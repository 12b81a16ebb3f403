package io.freshet.testkit;

import io.freshet.media.DiskBlobs;
import io.freshet.media.Media;
import io.freshet.media.MediaAddresses;
import io.freshet.media.MediaLimits;
import io.freshet.media.PgMedia;
import io.freshet.media.Quota;
import io.freshet.platform.Ids;
import io.freshet.post.Attachments;
import io.freshet.web.MediaSite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.jdbi.v3.core.Jdbi;

/** Media with the usual limits, in a directory that goes with the tests. */
public final class TestMedia {
  public static final MediaLimits LIMITS =
      new MediaLimits(
          10 << 20, 40 << 20, Duration.ofMinutes(3), 40_000_000, 2, new Quota(1_000, 200 << 20));

  private TestMedia() {}

  public static MediaSite site(Jdbi jdbi, Ids ids, Attachments attachments) {
    return new MediaSite(media(jdbi, ids, directory()), attachments, MediaAddresses.ours());
  }

  public static Media media(Jdbi jdbi, Ids ids, Path directory) {
    return new Media(
        new PgMedia(jdbi),
        new DiskBlobs(directory.resolve("media")),
        LIMITS,
        ids,
        InstantSource.system(),
        directory.resolve("uploads"));
  }

  /** Emptied when the tests end. */
  public static Path directory() {
    try {
      Path directory = Files.createTempDirectory("media");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(directory)));
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path directory) {
    try (var files = Files.walk(directory)) {
      files.sorted(java.util.Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
