package io.freshet.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.media.MediaException.Problem;
import io.freshet.platform.Database;
import io.freshet.platform.Ids;
import io.freshet.platform.UnavailableException;
import io.freshet.testkit.MovableClock;
import io.freshet.testkit.SamplePictures;
import io.freshet.testkit.TestDatabase;
import io.freshet.testkit.TestMedia;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files and rows: neither outlives the other, whatever goes wrong in between. */
class MediaSweepTest {
  private static final long OWNER = 1;
  private static final long POST = 77;

  private final MovableClock clock = new MovableClock();
  private final Path directory = TestMedia.directory();
  private final Failing blobs = new Failing(new DiskBlobs(directory.resolve("media")));
  private final Ids ids = new Ids(clock, 0);
  private final Database database = TestDatabase.open();
  private final Jdbi jdbi = database.jdbi();
  private final PgMedia rows = new PgMedia(jdbi);
  private final MediaSweep sweep = new MediaSweep(rows, blobs, Duration.ofHours(24), clock);

  @BeforeEach
  void addOwner() {
    jdbi.useHandle(handle ->
        handle.execute(
            "INSERT INTO account (id, handle, first_name, created_at) VALUES (1, 'one', 'One', now())"));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void removesWhatWasNeverAttachedAfterADay() {
    Medium left = take();
    Medium attached = take();
    attach(attached);
    clock.advance(Duration.ofHours(23));
    assertThat(sweep.run()).isZero();
    clock.advance(Duration.ofHours(2));
    assertThat(sweep.run()).isEqualTo(1);
    assertThat(blobs.size(left.file())).isEmpty();
    assertThat(blobs.size(attached.file())).isPresent();
    assertThat(differences()).isZero();
  }

  @Test
  void removesWhatADeletedPostHadAndWhatAnAccountHad() {
    attach(take());
    jdbi.useHandle(handle -> PgMedia.removeAttached(handle, POST));
    assertThat(sweep.run()).isEqualTo(1);
    attach(take());
    take();
    take();
    assertThat(sweep.eraseOf(OWNER, 2)).isTrue();
    assertThat(blobs.names("", 10)).hasSize(1);
    assertThat(sweep.eraseOf(OWNER, 2)).isTrue();
    assertThat(sweep.eraseOf(OWNER, 2)).isFalse();
    assertThat(blobs.names("", 10)).isEmpty();
    // No row is left that would keep the account.
    assertThat(jdbi.<Integer, RuntimeException>withHandle(handle ->
            handle.execute("DELETE FROM account WHERE id = 1")))
        .isEqualTo(1);
  }

  @Test
  void leavesNothingWhenKeepingFailsHalfway() {
    blobs.failPutsAfter = 1;
    assertThatThrownBy(() -> take(400)).isInstanceOf(UnavailableException.class);
    assertThat(blobs.names("", 10)).hasSize(1);
    clock.advance(Duration.ofHours(25));
    assertThat(sweep.run()).isEqualTo(1);
    assertThat(blobs.names("", 10)).isEmpty();
  }

  @Test
  void goesOnWhereDeletingFailed() {
    take();
    clock.advance(Duration.ofHours(25));
    blobs.failDeletes = true;
    assertThatThrownBy(sweep::run).isInstanceOf(UnavailableException.class);
    blobs.failDeletes = false;
    assertThat(sweep.run()).isEqualTo(1);
    assertThat(blobs.names("", 10)).isEmpty();
    assertThat(differences()).isZero();
  }

  /** Marked once, it cannot be attached any more: its files may be gone. */
  @Test
  void attachesNothingThatIsMarked() {
    Medium medium = take();
    jdbi.useHandle(handle ->
        handle.execute("UPDATE media SET state = 'removing' WHERE owner_id = 1"));
    assertThatThrownBy(() -> attach(medium)).hasMessageContaining("no medium");
  }

  @Test
  void findsWhatIsMissingAndWhatIsStray() throws IOException {
    Medium medium = take();
    take();
    assertThat(differences()).isZero();
    blobs.delete(List.of(medium.file()));
    Path stray = Files.writeString(directory.resolve("x"), "x");
    FileName name = FileName.parse("0123456789abcdef0123456789abcdef.png").orElseThrow();
    blobs.put(name, stray);
    MediaSweep.Report report = sweep.verify(false, done -> {});
    assertThat(List.of(report.media(), report.missing(), report.stray()))
        .containsExactly(2L, 1L, 1L);
    assertThat(report.examples())
        .containsExactlyInAnyOrder(
            "missing " + medium.file() + " of " + medium.id(), "stray " + name);
    sweep.verify(true, done -> {});
    assertThat(blobs.size(name)).isEmpty();
  }

  @Test
  void keepsToTheQuotas() {
    Media three = media(new Quota(3, 1 << 20));
    for (int i = 0; i < 3; i++) {
      take(three, 8);
    }
    assertQuota(() -> take(three, 8), "within a day");
    assertQuota(() -> three.requireRoom(OWNER), "within a day");
    clock.advance(Duration.ofHours(25));
    take(three, 8);
    assertQuota(() -> take(media(new Quota(100, 2_000)), 8), "MB");
  }

  private static void assertQuota(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String why) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            MediaException.class, e -> assertThat(e.problem()).isEqualTo(Problem.QUOTA))
        .hasMessageContaining(why);
  }

  private long differences() {
    MediaSweep.Report report = sweep.verify(false, done -> {});
    return report.missing() + report.stray();
  }

  private void attach(Medium medium) {
    jdbi.useTransaction(handle -> PgMedia.attach(handle, OWNER, POST, List.of(medium.id())));
  }

  private Medium take() {
    return take(8);
  }

  private Medium take(int width) {
    return take(media(new Quota(100, 1 << 20)), width);
  }

  private Media media(Quota quota) {
    MediaLimits usual = TestMedia.LIMITS;
    MediaLimits limits =
        new MediaLimits(
            usual.imageBytes(),
            usual.videoBytes(),
            usual.longestVideo(),
            usual.pixels(),
            usual.atOnce(),
            quota);
    return new Media(rows, blobs, limits, ids, clock, directory.resolve("uploads"));
  }

  private static Medium take(Media media, int width) {
    Path desk = media.open();
    try {
      Path sent = Files.write(desk.resolve("sent"), SamplePictures.jpeg(width, width));
      return media.take(OWNER, sent, "");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } finally {
      Media.clear(desk);
    }
  }

  /** Files in a place that fails when told. */
  private static final class Failing implements Blobs {
    private final Blobs real;
    private int failPutsAfter = Integer.MAX_VALUE;
    private boolean failDeletes;

    Failing(Blobs real) {
      this.real = real;
    }

    @Override
    public void put(FileName name, Path file) {
      if (failPutsAfter-- <= 0) {
        throw new UnavailableException("no room");
      }
      real.put(name, file);
    }

    @Override
    public Optional<Long> size(FileName name) {
      return real.size(name);
    }

    @Override
    public Optional<InputStream> read(FileName name, long from, long count) {
      return real.read(name, from, count);
    }

    @Override
    public void delete(Collection<FileName> names) {
      if (failDeletes) {
        throw new UnavailableException("cannot delete");
      }
      real.delete(names);
    }

    @Override
    public List<String> names(String after, int limit) {
      return real.names(after, limit);
    }
  }
}
