package io.freshet.feed;

import io.freshet.account.AccountId;
import io.freshet.post.PostId;
import java.util.Optional;

/**
 * A post as readers get it, but for what changes by the minute and by the reader: whoever answers
 * adds the counters, and what the reader did, to what is {@link #counted}.
 *
 * @param version of the text that is shown: a share's is its original's
 * @param json the post with its author as a JSON object in UTF-8, the same for every reader;
 *     shared, not to be changed
 * @param isQuestion whether it is a question, whose votes and answers count too
 * @param original what a share shows; its own {@code json} is without it
 */
public record FeedItem(
    PostId id,
    AccountId author,
    int version,
    byte[] json,
    boolean isQuestion,
    Optional<FeedItem> original) {

  /** The post that is liked, commented on and shared by way of this one. */
  public PostId counted() {
    return original.map(FeedItem::id).orElse(id);
  }
}
