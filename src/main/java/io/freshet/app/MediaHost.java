package io.freshet.app;

import io.freshet.media.Blobs;
import io.freshet.media.DiskBlobs;
import io.freshet.media.Media;
import io.freshet.media.MediaAddresses;
import io.freshet.media.MediaLimits;
import io.freshet.media.MediaSweep;
import io.freshet.media.PgMedia;
import io.freshet.media.Quota;
import io.freshet.media.s3.S3Blobs;
import io.freshet.platform.FreshetConfig;
import io.freshet.platform.Ids;
import io.freshet.platform.MediaSettings;
import io.freshet.post.Attachments;
import io.freshet.web.MediaSite;
import java.time.Duration;
import java.time.InstantSource;
import org.jdbi.v3.core.Jdbi;

/** Pictures and videos by the settings: where their files are kept, and within which limits. */
public final class MediaHost {
  private static final int MEGA = 1 << 20;
  private static final int MILLION = 1_000_000;

  private final Media media;
  private final MediaSweep sweep;
  private final MediaAddresses addresses;

  public MediaHost(FreshetConfig config, Jdbi jdbi, Ids ids, InstantSource clock) {
    MediaSettings settings = config.media();
    PgMedia rows = new PgMedia(jdbi);
    Blobs blobs = blobs(config, clock);
    this.media = new Media(rows, blobs, limits(settings), ids, clock, config.home().uploads());
    this.sweep = new MediaSweep(rows, blobs, Duration.ofHours(settings.keepHours()), clock);
    this.addresses = MediaAddresses.of(settings.baseUrl());
  }

  public Media media() {
    return media;
  }

  MediaSweep sweep() {
    return sweep;
  }

  MediaAddresses addresses() {
    return addresses;
  }

  MediaSite site(Attachments attachments) {
    return new MediaSite(media, attachments, addresses);
  }

  private static Blobs blobs(FreshetConfig config, InstantSource clock) {
    MediaSettings settings = config.media();
    return settings
        .s3()
        .<Blobs>map(store -> new S3Blobs(store, clock))
        .orElseGet(() -> new DiskBlobs(settings.directory().orElse(config.home().media())));
  }

  private static MediaLimits limits(MediaSettings settings) {
    return new MediaLimits(
        (long) settings.imageMegabytes() * MEGA,
        (long) settings.videoMegabytes() * MEGA,
        Duration.ofSeconds(settings.videoSeconds()),
        (long) settings.megapixels() * MILLION,
        settings.atOnce(),
        new Quota(settings.dailyUploads(), (long) settings.accountMegabytes() * MEGA));
  }
}
