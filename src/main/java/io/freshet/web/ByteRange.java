package io.freshet.web;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of a file that is asked for (RFC 9110, chapter 14): one range, never several.
 *
 * @param last included
 */
record ByteRange(long first, long last) {
  private static final Pattern FORM = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  /** What became of a Range header. */
  sealed interface Wanted {
    /** There is none, or one that we may overlook: not bytes, malformed or of several parts. */
    record Whole() implements Wanted {}

    record Part(ByteRange range) implements Wanted {}

    /** It begins after the end. */
    record Nothing() implements Wanted {}
  }

  static Wanted of(Optional<String> header, long size) {
    Matcher form = FORM.matcher(header.orElse(""));
    if (!form.matches() || (form.group(1).isEmpty() && form.group(2).isEmpty())) {
      return new Wanted.Whole();
    }
    if (form.group(1).isEmpty()) {
      long length = Math.min(size, Long.parseLong(form.group(2)));
      return length == 0
          ? new Wanted.Nothing()
          : new Wanted.Part(new ByteRange(size - length, size - 1));
    }
    long first = Long.parseLong(form.group(1));
    long last = form.group(2).isEmpty() ? size - 1 : Long.parseLong(form.group(2));
    if (last < first && !form.group(2).isEmpty()) {
      return new Wanted.Whole();
    }
    return first >= size
        ? new Wanted.Nothing()
        : new Wanted.Part(new ByteRange(first, Math.min(last, size - 1)));
  }

  long length() {
    return last - first + 1;
  }
}
