package io.freshet.media;

/**
 * Where files are fetched.
 *
 * @param base what stands before the names: a path of ours, or that of a CDN which fetches from us
 */
public record MediaAddresses(String base) {
  /** The path under which we serve them. */
  public static final String PATH = "/media";

  public static MediaAddresses ours() {
    return new MediaAddresses(PATH);
  }

  /**
   * @param cdn the address before {@code /media/...}; empty: ours
   */
  public static MediaAddresses of(String cdn) {
    return new MediaAddresses(cdn.replaceFirst("/+$", "") + PATH);
  }

  String of(FileName file) {
    return base + "/" + file;
  }
}
