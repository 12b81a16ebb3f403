package io.freshet.fanout;

import io.freshet.feed.FeedEvents;
import io.freshet.feed.FeedStore;
import io.freshet.graph.Celebrities;
import io.freshet.graph.GraphStore;
import io.freshet.graph.Viewers;
import io.freshet.platform.Invalidations;
import io.freshet.post.AuthorFeeds;
import io.freshet.post.PostStore;
import io.freshet.post.Posts;
import java.time.InstantSource;

/** What the fan-out reads and changes. */
public record FanoutParts(
    GraphStore graph,
    Viewers viewers,
    Celebrities celebrities,
    Posts posts,
    PostStore postStore,
    AuthorFeeds authorFeeds,
    FeedStore feeds,
    FeedEvents events,
    Invalidations invalidations,
    InstantSource clock) {}
