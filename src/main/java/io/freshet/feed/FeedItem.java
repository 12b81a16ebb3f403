package io.freshet.feed;

import io.freshet.account.AccountId;
import io.freshet.post.PostId;

/**
 * A post as readers get it.
 *
 * @param version of the post
 * @param json the post with its author as a JSON object in UTF-8, the same for every reader;
 *     shared, not to be changed
 */
public record FeedItem(PostId id, AccountId author, int version, byte[] json) {}
