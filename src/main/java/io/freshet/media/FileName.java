package io.freshet.media;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a kept file, which is the last part of its address: the random key of the medium, the
 * width if it is a thumbnail, and the type. No name ever comes from a client: what is not of this
 * form names nothing, so no path can be made of one.
 */
public record FileName(String text, FileType type) {
  private static final Pattern FORM =
      Pattern.compile("[0-9a-f]{32}(?:_[1-9][0-9]{0,4})?\\.(\\w{3,4})");

  /** Of the whole picture or video. */
  static FileName whole(String key, FileType type) {
    return new FileName(key + "." + type.extension(), type);
  }

  static FileName thumbnail(String key, int width, FileType type) {
    return new FileName(key + "_" + width + "." + type.extension(), type);
  }

  public static Optional<FileName> parse(String text) {
    Matcher form = FORM.matcher(text);
    return form.matches()
        ? FileType.ofExtension(form.group(1)).map(type -> new FileName(text, type))
        : Optional.empty();
  }

  /** The random part, which all files of a medium have in common. */
  String key() {
    return text.substring(0, KEY_CHARACTERS);
  }

  private static final int KEY_CHARACTERS = 32;

  @Override
  public String toString() {
    return text;
  }
}
