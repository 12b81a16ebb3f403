package io.freshet.media.video;

import io.freshet.media.MediaException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A track of an MP4 file. One that is neither picture nor sound (places, motion, subtitles, time
 * codes) is blotted out with all its samples. Not thread-safe.
 */
final class Mp4Track {
  private static final Set<String> PICTURES =
      Set.of("avc1", "avc3", "hev1", "hvc1", "vp08", "vp09", "av01");
  private static final Set<String> SOUNDS = Set.of("mp4a", "Opus");
  private static final Set<String> TABLES =
      Set.of(
          "stsd", "stts", "stss", "ctts", "stsc", "stsz", "stz2", "stco", "co64", "sgpd", "sbgp",
          "sdtp", "cslg", "subs", "stsh", "padb");
  private static final Set<String> NEEDED = Set.of("edts", "vmhd", "smhd");

  private static final int MAX_SMALL_BYTES = 64 * 1024;

  /** Flag of a data entry: the samples are in this very file. */
  private static final int SELF_CONTAINED = 1;

  private static final int ENTRY_HEADER = 8;
  private static final int HANDLER_AT = 8;
  private static final int HANDLER_NAME_AT = 24;
  private static final int MATRIX_BYTES = 36;

  private final Source source;
  private final Box whole;
  private final List<Patch> patches = new ArrayList<>();
  private final List<Box> tables = new ArrayList<>();
  private String handler = "";
  private Duration duration = Duration.ZERO;
  private Optional<Box> descriptions = Optional.empty();
  private int width;
  private int height;

  Mp4Track(Source source, Box whole) {
    this.source = source;
    this.whole = whole;
    read(whole);
    if (isVideo() || isSound()) {
      requireKnownCodec(isVideo() ? PICTURES : SOUNDS);
    } else {
      patches.clear();
      patches.add(whole.blotOut());
      patches.addAll(new Mp4Samples(source, tables).blotOut());
    }
  }

  boolean isVideo() {
    return handler.equals("vide");
  }

  boolean isSound() {
    return handler.equals("soun");
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  Duration duration() {
    return isVideo() || isSound() ? duration : Duration.ZERO;
  }

  List<Patch> patches() {
    return patches;
  }

  private void read(Box parent) {
    for (Box box : parent.children(source)) {
      switch (box.type()) {
        case "mdia", "minf", "stbl" -> read(box);
        case "tkhd" -> header(box);
        case "mdhd" -> {
          Mp4.Times times = Mp4.Times.read(box.read(source, MAX_SMALL_BYTES), box.content());
          duration = times.duration();
          patches.add(times.blotOut());
        }
        case "hdlr" -> handler(box);
        case "dinf" -> requireOwnData(box);
        default -> other(box);
      }
    }
  }

  private void other(Box box) {
    if (TABLES.contains(box.type())) {
      tables.add(box);
      if (box.type().equals("stsd")) {
        descriptions = Optional.of(box);
      }
    } else if (!NEEDED.contains(box.type())) {
      patches.add(box.blotOut());
    }
  }

  private void header(Box box) {
    ByteBuffer content = box.read(source, MAX_SMALL_BYTES);
    int stamps = content.get(0) == 1 ? 2 * Long.BYTES : 2 * Integer.BYTES;
    patches.add(Patch.zeros(box.content() + Integer.BYTES, stamps));
    int sizes = content.limit() - 2 * Integer.BYTES;
    boolean turned = content.getInt(sizes - MATRIX_BYTES) == 0;
    int first = content.getInt(sizes) >>> 16;
    int second = content.getInt(sizes + Integer.BYTES) >>> 16;
    width = turned ? second : first;
    height = turned ? first : second;
  }

  /** A media header has one; others (QuickTime has a second) say nothing of the track. */
  private void handler(Box box) {
    ByteBuffer content = box.read(source, MAX_SMALL_BYTES);
    if (handler.isEmpty()) {
      byte[] type = new byte[Integer.BYTES];
      content.get(HANDLER_AT, type);
      handler = new String(type, StandardCharsets.ISO_8859_1);
    }
    patches.add(
        Patch.zeros(box.content() + HANDLER_NAME_AT, Math.max(0, box.length() - HANDLER_NAME_AT)));
  }

  /** Samples in another file would make players fetch it. */
  private void requireOwnData(Box dinf) {
    for (Box references : dinf.children(source)) {
      if (!references.type().equals("dref")) {
        throw Box.damaged();
      }
      for (Box entry : Box.between(source, references.content() + ENTRY_HEADER, references.end())) {
        if (source.read(entry.content(), Integer.BYTES).getInt() != SELF_CONTAINED) {
          throw MediaException.file("is a video that refers to another file");
        }
      }
    }
  }

  private void requireKnownCodec(Set<String> known) {
    Box box = descriptions.orElseThrow(Box::damaged);
    List<Box> entries = Box.between(source, box.content() + ENTRY_HEADER, box.end());
    if (entries.isEmpty() || !entries.stream().allMatch(entry -> known.contains(entry.type()))) {
      throw MediaException.file(
          "is encoded in a way that browsers do not play: "
              + "take H.264, H.265, VP8, VP9 or AV1 with AAC or Opus");
    }
  }

  @Override
  public String toString() {
    return handler + " at " + whole.start();
  }
}
