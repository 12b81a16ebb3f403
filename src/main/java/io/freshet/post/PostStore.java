package io.freshet.post;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** The saved posts. Every change is one transaction with its event. Thread-safe. */
public interface PostStore {

  /**
   * Saves a post and {@link PostPublished}, or finds the one that the same author made with the
   * same key.
   *
   * @throws PostException KEY_REUSED if that one had another text
   */
  Published insert(Creation creation);

  /**
   * Changes the text of a living post of this author, which is no share, and saves {@link
   * PostEdited}.
   */
  Optional<Post> edit(long author, long post, String text, Entities entities, Instant at);

  /**
   * Deletes a living post of this author and saves {@link PostDeleted}, for a share also {@link
   * CountsChanged}; false if there is none.
   */
  boolean delete(long author, long post, Instant at);

  /** Those posts that share others. */
  ShareStore shares();

  /** Those of the posts that live. */
  Map<Long, Post> find(Collection<Long> ids);

  /**
   * The newest posts of each author, {@code limit} at most each; authors without a post are there
   * too.
   */
  Map<Long, AuthorFeed> newest(Collection<Long> authors, int limit);

  /** The newest living posts below {@code before} of all these authors together, newest first. */
  long[] below(long[] authors, long before, int limit);

  /** As {@link #below}, but may lag by seconds for a reader who was bound to a replica. */
  default long[] older(long[] authors, long before, int limit) {
    return below(authors, before, limit);
  }

  /** The newest posts below {@code before} that bear this hashtag, newest first. */
  long[] tagged(String tag, long before, int limit);

  /** Those of the posts that live, ascending. */
  long[] living(long[] ids);

  /** All posts of the author that were deleted. */
  long[] deleted(long author);

  /** All posts that the author ever wrote, the deleted ones too, newest first. */
  long[] ever(long author);
}
