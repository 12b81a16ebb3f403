package io.freshet.fanout;

import io.freshet.graph.FollowerPage;
import java.nio.ByteBuffer;

/**
 * A batch of an author's followers and what to do to their stored feeds. It names the followers, so
 * that a worker that takes it over from one that was killed knows whose feeds may have been changed
 * already. The next batch is queued when this one is done, so authors of one lane take turns.
 *
 * @param post the post to insert or remove; 0 for {@link Kind#REPUBLISH} and {@link Kind#RESET}
 * @param flips which change of the author's {@code pull} is republished; 0 for the others
 * @param big whether it goes by the lane of big audiences
 * @param unfollows the author's counter as of when the followers were read
 * @param followers ids, ascending, 8 bytes each
 */
record FanoutBatch(
    Kind kind, long post, long author, long flips, boolean big, long unfollows, byte[] followers) {
  static final String TOPIC = "fanout-batch";

  /** What to do to the followers' stored feeds, and to tell who listens. */
  enum Kind {
    /** Insert the post. */
    INSERT,
    /** Tell those who listen of a share by an author whose posts are pulled. */
    ANNOUNCE,
    /** Remove the post. */
    REMOVE,
    /** Tell those who listen that the post has a new text. */
    UPDATE,
    /** Add the newest posts of an author who is a celebrity no more. */
    REPUBLISH,
    /** Have those who listen hear of an author who has become a celebrity. */
    RESET
  }

  /** The same work for another page of followers. */
  FanoutBatch with(FollowerPage page) {
    ByteBuffer bytes = ByteBuffer.allocate(page.followers().length * Long.BYTES);
    bytes.asLongBuffer().put(page.followers());
    return new FanoutBatch(kind, post, author, flips, big, page.unfollows(), bytes.array());
  }

  FollowerPage page() {
    long[] ids = new long[followers.length / Long.BYTES];
    ByteBuffer.wrap(followers).asLongBuffer().get(ids);
    return new FollowerPage(ids, unfollows);
  }
}
