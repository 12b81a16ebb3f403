package io.freshet.media;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A picture or video that is kept.
 *
 * @param key the random beginning of its files' names
 * @param alt what one who cannot see it is told
 * @param blurhash a placeholder's colours; empty for a video
 */
public record Medium(
    long id,
    String key,
    FileType type,
    int width,
    int height,
    Duration duration,
    FileType thumbnailType,
    List<Size> thumbnails,
    String blurhash,
    String alt) {

  /** Of a thumbnail, in pixels. */
  public record Size(int width, int height) {}

  public MediaKind kind() {
    return switch (type) {
      case JPEG, PNG, GIF -> MediaKind.IMAGE;
      case MP4, WEBM -> MediaKind.VIDEO;
    };
  }

  static Medium of(long id, String key, Made made, String alt) {
    return new Medium(
        id,
        key,
        made.whole().type(),
        made.whole().width(),
        made.whole().height(),
        made.duration().orElse(Duration.ZERO),
        made.thumbnails().isEmpty() ? made.whole().type() : made.thumbnails().getFirst().type(),
        made.thumbnails().stream().map(it -> new Size(it.width(), it.height())).toList(),
        made.blurhash(),
        alt);
  }

  FileName file() {
    return FileName.whole(key, type);
  }

  FileName file(Size thumbnail) {
    return FileName.thumbnail(key, thumbnail.width(), thumbnailType);
  }

  /** All of its files. */
  List<FileName> files() {
    return Stream.concat(Stream.of(file()), thumbnails.stream().map(this::file)).toList();
  }

  /** As readers get it. */
  public Shown shown(MediaAddresses addresses) {
    return new Shown(
        Long.toString(id),
        kind().word(),
        width,
        height,
        alt,
        blurhash.isEmpty() ? Optional.empty() : Optional.of(blurhash),
        duration.isZero() ? Optional.empty() : Optional.of(duration.toMillis() / 1e3),
        addresses.of(file()),
        thumbnails.stream()
            .map(it -> new Shown.Thumbnail(it.width(), it.height(), addresses.of(file(it))))
            .toList());
  }
}
