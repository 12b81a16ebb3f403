package io.freshet.post;

/**
 * Something an account did to a post and that stands now.
 *
 * @param author of the post
 * @param id of the newest such deed, by its time
 */
public record Deed(long author, long id) {}
