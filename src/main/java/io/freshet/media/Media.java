package io.freshet.media;

import io.freshet.media.MediaException.Problem;
import io.freshet.platform.Ids;
import io.freshet.platform.Unguessable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The pictures and videos: taken, kept, found and let go. The row of a medium is saved before its
 * files are kept and deleted after they are, so a crash at any moment leaves no file that nobody
 * knows of. Thread-safe.
 */
public final class Media {
  /** Characters (code points) of the text for those who cannot see it. */
  public static final int MAX_ALT = 1_500;

  private final PgMedia rows;
  private final Blobs blobs;
  private final Workshop workshop;
  private final MediaLimits limits;
  private final Ids ids;
  private final InstantSource clock;
  private final Path desk;

  /**
   * @param desk a directory of this process, for files that are not kept yet
   */
  public Media(
      PgMedia rows, Blobs blobs, MediaLimits limits, Ids ids, InstantSource clock, Path desk) {
    this.rows = rows;
    this.blobs = blobs;
    this.workshop = new Workshop(limits, Runtime.getRuntime().maxMemory(), clock);
    this.limits = limits;
    this.ids = ids;
    this.clock = clock;
    this.desk = desk;
  }

  public MediaLimits limits() {
    return limits;
  }

  /** A directory for one upload, empty; {@link #clear} takes it away. */
  public Path open() {
    try {
      Files.createDirectories(desk);
      return Files.createTempDirectory(desk, "upload");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes what {@link #open} gave, with all that is in it. */
  public static void clear(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Refuses an account that has no room left, before it sends anything. */
  public void requireRoom(long owner) {
    rows.requireRoom(owner, limits.quota(), aDayAgo());
  }

  /**
   * Takes a file: checks what it is by its content, makes ours of it, keeps them.
   *
   * @param sent in a directory of {@link #open}, into which more is written
   */
  public Medium take(long owner, Path sent, String alt) {
    String text = validAlt(alt);
    Path directory = sent.resolveSibling("made");
    try {
      Files.createDirectories(directory);
      Made made = workshop.make(sent, directory);
      Medium medium = Medium.of(ids.next(), Unguessable.uuid().replace("-", ""), made, text);
      rows.reserve(owner, medium, bytes(made), limits.quota(), aDayAgo());
      keep(medium, made);
      rows.ready(medium.id());
      return medium;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      if (Files.exists(directory)) {
        clear(directory);
      }
    }
  }

  private void keep(Medium medium, Made made) {
    blobs.put(medium.file(), made.whole().file());
    for (int i = 0; i < made.thumbnails().size(); i++) {
      blobs.put(medium.file(medium.thumbnails().get(i)), made.thumbnails().get(i).file());
    }
  }

  public Medium find(long owner, long id) {
    return rows.find(owner, id).orElseThrow(() -> notFound(id));
  }

  /** Deletes one that is attached to nothing. */
  public void delete(long owner, long id) {
    if (!rows.removeUnattached(owner, id)) {
      find(owner, id);
      throw new MediaException(
          Problem.ATTACHED, "id", "the medium " + id + " is part of a post: delete the post");
    }
  }

  /** A file as it is kept, with its size. */
  public Optional<Long> size(FileName name) {
    return blobs.size(name);
  }

  public Blobs files() {
    return blobs;
  }

  /** The text as it is saved. */
  public static String validAlt(String alt) {
    String text = alt.strip();
    int length = text.codePointCount(0, text.length());
    if (length > MAX_ALT) {
      throw new MediaException(
          Problem.INVALID, "alt", "has at most " + MAX_ALT + " characters, this one has " + length);
    }
    if (text.indexOf('\0') >= 0) {
      throw new MediaException(Problem.INVALID, "alt", "holds no NUL characters");
    }
    return text;
  }

  public static MediaException notFound(long id) {
    return new MediaException(Problem.NOT_FOUND, "id", "you have no medium " + id);
  }

  private long aDayAgo() {
    return Ids.firstAt(clock.instant().minus(Quota.DAY));
  }

  private static long bytes(Made made) {
    List<Rendition> all = new ArrayList<>(made.thumbnails());
    all.add(made.whole());
    return all.stream().mapToLong(it -> it.file().toFile().length()).sum();
  }
}
