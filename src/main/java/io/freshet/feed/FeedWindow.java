package io.freshet.feed;

/**
 * Entries of a stored feed.
 *
 * @param ids post ids, newest first, none below the floor
 * @param floor the stored feed holds every entry from here up; 0 if there are none below
 */
public record FeedWindow(long[] ids, long floor) {}
