package io.freshet.feed;

import io.freshet.graph.Celebrities;
import io.freshet.graph.Viewers;
import io.freshet.platform.Invalidations;
import io.freshet.post.AuthorFeeds;
import io.freshet.post.PostStore;
import io.freshet.post.Posts;

/** Where a page of a feed comes from. */
public record FeedSources(
    FeedStore store,
    FeedBuilder builder,
    Viewers viewers,
    Celebrities celebrities,
    AuthorFeeds authorFeeds,
    Posts posts,
    PostStore postStore,
    Invalidations invalidations) {}
