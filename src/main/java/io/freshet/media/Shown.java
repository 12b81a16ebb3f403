package io.freshet.media;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/**
 * A medium in JSON.
 *
 * @param duration of a video, in seconds
 */
public record Shown(
    String id,
    String kind,
    int width,
    int height,
    String alt,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> blurhash,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Double> duration,
    String url,
    List<Thumbnail> thumbnails) {

  /** A smaller copy. */
  public record Thumbnail(int width, int height, String url) {}
}
