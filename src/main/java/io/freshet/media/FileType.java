package io.freshet.media;

import java.util.Optional;

/** The types of file that are kept and served: what we have written ourselves, and nothing else. */
public enum FileType {
  JPEG("jpg", "image/jpeg"),
  PNG("png", "image/png"),
  GIF("gif", "image/gif"),
  MP4("mp4", "video/mp4"),
  WEBM("webm", "video/webm");

  private final String extension;
  private final String contentType;

  FileType(String extension, String contentType) {
    this.extension = extension;
    this.contentType = contentType;
  }

  public String extension() {
    return extension;
  }

  public String contentType() {
    return contentType;
  }

  static Optional<FileType> ofExtension(String extension) {
    for (FileType type : values()) {
      if (type.extension.equals(extension)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
