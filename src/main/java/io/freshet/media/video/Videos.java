package io.freshet.media.video;

import io.freshet.media.FileType;
import io.freshet.media.Made;
import io.freshet.media.MediaException;
import io.freshet.media.MediaKind;
import io.freshet.media.Rendition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Checks a video's structure from its first byte to its last and makes a copy in which everything
 * that is not picture or sound is blotted out: where and with what it was made, when, comments,
 * attachments, further tracks. The streams themselves are not decoded: there is no decoder in Java
 * for them, so there is no poster frame either. No state; memory is some megabytes at most.
 */
public final class Videos {
  private static final int MAGIC_BYTES = 8;
  private static final int FILE_TYPE_BOX = 0x66747970; // ftyp
  private static final int EBML = 0x1A45DFA3;
  private static final int CHUNK = 64 * 1024;

  /** The largest side of a picture in a video: 4K, also upright. */
  private static final int MAX_SIDE = 4_096;

  private Videos() {}

  /** The type that the first bytes of a file are of. */
  public static Optional<FileType> sniff(byte[] start) {
    if (start.length < MAGIC_BYTES) {
      return Optional.empty();
    }
    ByteBuffer bytes = ByteBuffer.wrap(start);
    if (bytes.getInt(Integer.BYTES) == FILE_TYPE_BOX) {
      return Optional.of(FileType.MP4);
    }
    return bytes.getInt(0) == EBML ? Optional.of(FileType.WEBM) : Optional.empty();
  }

  /**
   * Checks a video that is in memory. Pure: the same bytes give the same answer, and whatever they
   * are, the only exception is a {@link MediaException}.
   */
  public static Duration check(byte[] file, Duration longest) {
    return plan(Source.of(file), file, longest).duration();
  }

  /** Puts the copy into this directory. */
  public static Made make(Path sent, Duration longest, Path directory) {
    Path whole = directory.resolve("whole");
    try (FileChannel from = FileChannel.open(sent)) {
      ByteBuffer start = ByteBuffer.allocate(MAGIC_BYTES);
      from.read(start, 0);
      VideoPlan plan = plan(Source.of(from), start.array(), longest);
      Files.copy(sent, whole);
      try (FileChannel to = FileChannel.open(whole, StandardOpenOption.WRITE)) {
        for (Patch patch : plan.patches()) {
          apply(patch, to);
        }
      }
      return new Made(
          MediaKind.VIDEO,
          new Rendition(whole, plan.type(), plan.width(), plan.height()),
          List.of(),
          "",
          Optional.of(plan.duration()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static VideoPlan plan(Source source, byte[] start, Duration longest) {
    FileType type = sniff(start).orElseThrow(() -> MediaException.file("is no MP4 or WebM"));
    VideoPlan plan = type == FileType.MP4 ? Mp4.plan(source) : WebM.plan(source);
    if (plan.duration().isZero() || plan.duration().isNegative()) {
      throw MediaException.file("is a video without a duration");
    }
    if (plan.duration().compareTo(longest) > 0) {
      throw MediaException.file(
          "lasts %,d seconds: at most %,d are taken"
              .formatted(plan.duration().toSeconds(), longest.toSeconds()));
    }
    if (plan.width() < 1
        || plan.height() < 1
        || plan.width() > MAX_SIDE
        || plan.height() > MAX_SIDE) {
      throw MediaException.file(
          "is %d x %d: a side has 1 to %,d pixels"
              .formatted(plan.width(), plan.height(), MAX_SIDE));
    }
    return plan;
  }

  private static void apply(Patch patch, FileChannel to) throws IOException {
    long at = patch.at();
    ByteBuffer bytes = ByteBuffer.wrap(patch.bytes());
    while (bytes.hasRemaining()) {
      at += to.write(bytes, at);
    }
    long left = patch.zeros();
    while (left > 0) {
      int written = to.write(ByteBuffer.allocate((int) Math.min(left, CHUNK)), at);
      at += written;
      left -= written;
    }
  }
}
