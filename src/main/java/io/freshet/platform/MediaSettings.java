package io.freshet.platform;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The settings of pictures and videos.
 *
 * @param directory of the files, unless they are in an object store; empty: in the home directory
 * @param baseUrl of a CDN that fetches from us; empty: clients fetch from us
 * @param dailyUploads files an account may send within a day
 * @param accountMegabytes that all files of an account may take
 * @param atOnce files that are worked at the same time
 * @param keepHours how long what is attached to no post is kept
 */
public record MediaSettings(
    Optional<Path> directory,
    Optional<S3> s3,
    String baseUrl,
    int imageMegabytes,
    int videoMegabytes,
    int videoSeconds,
    int megapixels,
    int dailyUploads,
    int accountMegabytes,
    int atOnce,
    int keepHours) {

  /**
   * An object store.
   *
   * @param endpoint its address, before the bucket
   */
  public record S3(
      String endpoint, String region, String bucket, String accessKey, String secretKey) {}

  static MediaSettings read(ConfigSource from) {
    return new MediaSettings(
        given(from.text("media.directory", "")).map(Path::of),
        s3(from),
        from.text("media.baseUrl", ""),
        from.number("media.imageMegabytes", 10, 1, 100),
        from.number("media.videoMegabytes", 40, 1, 1_000),
        from.number("media.videoSeconds", 180, 1, 3_600),
        from.number("media.megapixels", 40, 1, 200),
        from.number("media.dailyUploads", 100, 0, 1_000_000),
        from.number("media.accountMegabytes", 2_000, 0, 100_000_000),
        from.number("media.atOnce", 2, 1, 64),
        from.number("media.keepHours", 24, 1, 8_760));
  }

  private static Optional<S3> s3(ConfigSource from) {
    String store = from.text("media.store", "disk");
    S3 s3 =
        new S3(
            from.text("media.s3.endpoint", ""),
            from.text("media.s3.region", "us-east-1"),
            from.text("media.s3.bucket", ""),
            from.text("media.s3.accessKey", ""),
            from.text("media.s3.secretKey", ""));
    return switch (store) {
      case "disk" -> Optional.empty();
      case "s3" -> {
        if (s3.endpoint().isEmpty() || s3.bucket().isEmpty()) {
          throw new OperatorException(
              "media.store is s3, but not which: set media.s3.endpoint (for example to"
                  + " https://s3.eu-central-1.amazonaws.com) and media.s3.bucket.");
        }
        yield Optional.of(s3);
      }
      default ->
          throw new OperatorException("media.store must be disk or s3, not \"" + store + "\".");
    };
  }

  private static Optional<String> given(String value) {
    return value.isEmpty() ? Optional.empty() : Optional.of(value);
  }
}
