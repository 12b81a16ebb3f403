package io.freshet.search;

/**
 * A tag of questions that was found.
 *
 * @param questions that bear it
 */
public record FoundTag(String name, int questions) {}
