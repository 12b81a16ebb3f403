package io.freshet.media;

import io.freshet.platform.Ids;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongConsumer;

/**
 * Removes what nobody needs: media that were attached to nothing for a while, and those marked by
 * whoever deleted what they were attached to. First the mark, then the files, then the row: cut
 * short anywhere, it goes on the next time. Thread-safe.
 */
public final class MediaSweep {
  /** Rows of one statement, and the files of so many deleted at a time. */
  private static final int BATCH = 200;

  /** Of each kind of difference, how many are named. */
  private static final int EXAMPLES = 20;

  private final PgMedia rows;
  private final Blobs blobs;
  private final Duration keep;
  private final InstantSource clock;

  /**
   * @param keep how long what is attached to nothing is kept
   */
  public MediaSweep(PgMedia rows, Blobs blobs, Duration keep, InstantSource clock) {
    this.rows = rows;
    this.blobs = blobs;
    this.keep = keep;
    this.clock = clock;
  }

  /** How many media were removed. */
  public long run() {
    long before = Ids.firstAt(clock.instant().minus(keep));
    while (rows.markUnattached(before, BATCH) == BATCH) {
      // until none is left
    }
    return removeMarked();
  }

  /** Removes at most so many of an account's media, files and rows; true if there may be more. */
  public boolean eraseOf(long owner, int limit) {
    rows.markOwned(owner, limit);
    List<Medium> marked = rows.markedOf(owner, limit);
    remove(marked);
    return !marked.isEmpty();
  }

  private long removeMarked() {
    long removed = 0;
    while (true) {
      List<Medium> marked = rows.marked(BATCH);
      if (marked.isEmpty()) {
        return removed;
      }
      remove(marked);
      removed += marked.size();
    }
  }

  private void remove(List<Medium> marked) {
    blobs.delete(marked.stream().flatMap(medium -> medium.files().stream()).toList());
    rows.forget(marked);
  }

  /**
   * What a comparison of rows and files has found.
   *
   * @param missing files that a row has and that are not kept
   * @param stray files that are kept and that no row has
   */
  public record Report(long media, long files, long missing, long stray, List<String> examples) {}

  /**
   * Compares both ways.
   *
   * @param deleteStray files that no row has
   * @param progress is told how many files were looked at
   */
  public Report verify(boolean deleteStray, LongConsumer progress) {
    List<String> examples = new ArrayList<>();
    long[] media = new long[2];
    String key = "";
    List<Medium> some = rows.after(key, BATCH);
    while (!some.isEmpty()) {
      for (Medium medium : some) {
        media[0]++;
        for (FileName file : medium.files()) {
          if (blobs.size(file).isEmpty()) {
            media[1]++;
            note(examples, "missing " + file + " of " + medium.id());
          }
        }
      }
      progress.accept(media[0]);
      key = some.getLast().key();
      some = rows.after(key, BATCH);
    }
    Stray stray = stray(deleteStray, examples);
    return new Report(media[0], stray.files(), media[1], stray.stray(), List.copyOf(examples));
  }

  private record Stray(long files, long stray) {}

  private Stray stray(boolean delete, List<String> examples) {
    long files = 0;
    long stray = 0;
    List<String> names = blobs.names("", BATCH);
    while (!names.isEmpty()) {
      Set<String> keys = new TreeSet<>();
      names.forEach(name -> keys.add(FileName.parse(name).map(FileName::key).orElse(name)));
      Set<String> known = new HashSet<>(rows.known(keys));
      for (String name : names) {
        files++;
        Optional<FileName> ours = FileName.parse(name);
        if (!known.contains(ours.map(FileName::key).orElse(name))) {
          stray++;
          note(examples, "stray " + name);
          if (delete && ours.isPresent()) {
            blobs.delete(List.of(ours.get()));
          }
        }
      }
      names = blobs.names(names.getLast(), BATCH);
    }
    return new Stray(files, stray);
  }

  private static void note(List<String> examples, String difference) {
    if (examples.size() < EXAMPLES) {
      examples.add(difference);
    }
  }
}
