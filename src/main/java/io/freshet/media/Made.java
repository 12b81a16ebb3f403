package io.freshet.media;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What was made of a file that was sent: everything in it is our own writing.
 *
 * @param blurhash a few letters that a client can paint as a blurred placeholder; empty for a video
 * @param duration of a video
 */
public record Made(
    MediaKind kind,
    Rendition whole,
    List<Rendition> thumbnails,
    String blurhash,
    Optional<Duration> duration) {}
