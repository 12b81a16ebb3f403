package io.freshet.post;

/** What people do with posts, and what is remembered of it. */
public record Interactions(PostCounts counts, ReaderMarks marks) {

  /** Forgets all that is remembered of the database, after someone else has changed it. */
  public void forgetAll() {
    counts.forgetAll();
    marks.forgetAll();
  }
}
