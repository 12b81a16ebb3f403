package io.freshet.web.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * The files that the build of the page left in the jar.
 *
 * @param root their folder on the class path
 */
public record PageFiles(String root) {

  /** Those of this jar, which may have been built without the page. */
  public static PageFiles built() {
    return new PageFiles("/web/page");
  }

  /**
   * @param name below the root; whoever asks has made sure that it leads nowhere else
   */
  Optional<byte[]> read(String name) {
    try (InputStream stream = PageFiles.class.getResourceAsStream(root + "/" + name)) {
      return stream == null ? Optional.empty() : Optional.of(stream.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
