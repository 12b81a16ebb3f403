package io.freshet.media;

import java.time.Duration;

/**
 * What is taken.
 *
 * @param pixels of a picture
 * @param atOnce files that are worked at the same time
 */
public record MediaLimits(
    long imageBytes,
    long videoBytes,
    Duration longestVideo,
    long pixels,
    int atOnce,
    Quota quota) {}
