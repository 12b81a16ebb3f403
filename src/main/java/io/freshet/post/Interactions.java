package io.freshet.post;

import io.freshet.outbox.Outbox;
import io.freshet.platform.Ids;
import io.freshet.platform.Invalidations;
import java.time.InstantSource;
import org.jdbi.v3.core.Jdbi;

/** What people do with posts, and what is remembered of it. */
public record Interactions(PostCounts counts, ReaderMarks marks, Likes likes, Comments comments) {

  /** Those in a database. */
  public static Interactions on(
      Jdbi jdbi,
      Outbox outbox,
      Handles handles,
      Ids ids,
      InstantSource clock,
      Invalidations invalidations) {
    PostCounts counts = new PostCounts(new PgPostCounts(jdbi), invalidations);
    ReaderMarks marks = new ReaderMarks(new PgMarkStore(jdbi), invalidations);
    return new Interactions(
        counts,
        marks,
        new Likes(new PgLikes(jdbi, outbox), marks, ids),
        new Comments(new PgComments(jdbi, outbox), counts, handles, ids, clock));
  }

  /** Forgets all that is remembered of the database, after someone else has changed it. */
  public void forgetAll() {
    counts.forgetAll();
    marks.forgetAll();
  }
}
