package io.freshet.post;

import io.freshet.platform.Invalidations;
import io.freshet.platform.NearCache;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * What readers have liked and shared: the newest of each reader remembered in each process and
 * forgotten with each like and share they give or take back. Thread-safe.
 */
public final class ReaderMarks {
  private static final String NAME = "marks";

  /** As many as a stored feed holds: a reader who likes all they read is answered from memory. */
  private static final int REMEMBERED = 1_000;

  /** The share of the heap that marks may take. */
  private static final double HEAP_SHARE = 0.03;

  private static final int MARKS_BYTES = 160;

  private final MarkStore store;
  private final NearCache<Marks> marks;

  public ReaderMarks(MarkStore store, Invalidations invalidations) {
    this.store = store;
    this.marks =
        new NearCache<>(
            NAME,
            NearCache.share(HEAP_SHARE),
            (id, kept) -> bytes(kept),
            invalidations.shared(
                NAME, new MarksCodec(), readers -> store.newest(readers, REMEMBERED)),
            invalidations);
  }

  private static int bytes(Marks marks) {
    return MARKS_BYTES + Long.BYTES * (marks.liked().ids().length + marks.shared().ids().length);
  }

  /** Which of some posts a reader has liked, and which shared. */
  public record Among(Set<Long> liked, Set<Long> shared) {}

  /** As of the caller's last {@link Invalidations#catchUp} or later. */
  public Among among(long reader, Collection<Long> posts) {
    Marks kept = Objects.requireNonNull(marks.get(reader));
    return new Among(
        among(reader, posts, kept.liked(), store::liked),
        among(reader, posts, kept.shared(), store::shared));
  }

  private static Set<Long> among(
      long reader,
      Collection<Long> posts,
      NewestIds newest,
      BiFunction<Long, Collection<Long>, Set<Long>> older) {
    Set<Long> found = new HashSet<>();
    for (Long post : posts) {
      if (newest.has(post)) {
        found.add(post);
      }
    }
    List<Long> below = newest.below(posts);
    if (!below.isEmpty()) {
      found.addAll(older.apply(reader, below));
    }
    return found;
  }

  public void forget(long reader) {
    marks.invalidate(reader);
  }

  public void forgetAll() {
    marks.invalidateAll();
  }
}
