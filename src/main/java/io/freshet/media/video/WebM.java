package io.freshet.media.video;

import io.freshet.media.FileType;
import io.freshet.media.MediaException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads the structure of a WebM file (RFC 9559, and WebM's choice of it). For one file. */
final class WebM {
  private static final int DOC_TYPE = 0x4282;
  private static final int SEGMENT = 0x18538067;
  private static final int SEEK_HEAD = 0x114D9B74;
  private static final int INFO = 0x1549A966;
  private static final int TRACKS = 0x1654AE6B;
  private static final int CLUSTER = 0x1F43B675;
  private static final int CUES = 0x1C53BB6B;
  private static final int CHECKSUM = 0xBF;
  private static final int SCALE = 0x2AD7B1;
  private static final int DURATION = 0x4489;
  private static final int TIMESTAMP = 0xE7;
  private static final int SIMPLE_BLOCK = 0xA3;
  private static final int BLOCK_GROUP = 0xA0;
  private static final int BLOCK = 0xA1;
  private static final int VOID = 0xEC;

  /** What a cluster ends at if it does not say how long it is. */
  private static final Set<Integer> TOP =
      Set.of(SEEK_HEAD, INFO, TRACKS, CLUSTER, CUES, 0x1043A770, 0x1254C367, 0x1941A469);

  private static final long USUAL_SCALE = 1_000_000;
  private static final int MAX_HEADER_BYTES = 4_096;

  /** An hour of 60 pictures and 50 sounds a second; more would be made to keep us busy. */
  private static final int MAX_ELEMENTS = 500_000;

  private final Source source;
  private final List<Patch> patches = new ArrayList<>();
  private final WebMTracks tracks;
  private long scale = USUAL_SCALE;
  private double told;
  private long clusterTime;
  private long lastTime;
  private int elements;

  private WebM(Source source) {
    this.source = source;
    this.tracks = new WebMTracks(source, patches);
  }

  static VideoPlan plan(Source source) {
    try {
      return new WebM(source).plan();
    } catch (BufferUnderflowException
        | IndexOutOfBoundsException
        | IllegalArgumentException
        | ArithmeticException e) {
      throw Element.damaged();
    }
  }

  private VideoPlan plan() {
    Element header = next(0, source.size());
    requireType(header);
    Element segment = next(header.end(), source.size());
    if (segment.id() != SEGMENT) {
      throw Element.damaged();
    }
    if (!segment.isUnknown() && segment.end() != source.size()) {
      throw MediaException.file("has more bytes after the end of the WebM");
    }
    long at = segment.content();
    while (at < source.size()) {
      at = top(next(at, source.size()));
    }
    tracks.requireOneOfEach();
    double units = Math.max(told, (double) lastTime);
    long millis = (long) (units * scale / USUAL_SCALE);
    return new VideoPlan(
        FileType.WEBM,
        tracks.width(),
        tracks.height(),
        Duration.ofMillis(Math.clamp(millis, 0, Integer.MAX_VALUE)),
        List.copyOf(patches));
  }

  private void requireType(Element header) {
    if (header.size() > MAX_HEADER_BYTES) {
      throw Element.damaged();
    }
    String type = "";
    for (long at = header.content(); at < header.end(); ) {
      Element element = next(at, header.end());
      if (element.id() == DOC_TYPE) {
        type = element.word(source);
      }
      at = element.content() + element.size();
    }
    if (!type.equals("webm")) {
      throw MediaException.file("is no WebM but another kind of Matroska");
    }
  }

  /** Where the next element of the segment starts. */
  private long top(Element element) {
    switch (element.id()) {
      case CLUSTER -> {
        return cluster(element);
      }
      case INFO -> info(element);
      case TRACKS -> tracks.read(element);
      case SEEK_HEAD, CUES -> element.size();
      default -> patches.add(element.blotOut());
    }
    return element.end();
  }

  private void info(Element info) {
    info.size();
    for (long at = info.content(); at < info.end(); ) {
      Element element = next(at, info.end());
      switch (element.id()) {
        case SCALE -> scale = Math.clamp(element.number(source), 1, 1_000_000_000L);
        case DURATION -> told = Math.max(0, element.real(source));
        case CHECKSUM -> patches.add(element.blotOut());
        default -> patches.add(element.zeros());
      }
      at = element.end();
    }
  }

  private long cluster(Element cluster) {
    long end = cluster.isUnknown() ? source.size() : cluster.end();
    long at = cluster.content();
    while (at < end) {
      Element element = next(at, end);
      if (cluster.isUnknown() && TOP.contains(element.id())) {
        return at;
      }
      element.size();
      switch (element.id()) {
        case TIMESTAMP -> {
          clusterTime = Math.clamp(element.number(source), 0, Integer.MAX_VALUE);
          lastTime = Math.max(lastTime, clusterTime);
        }
        case SIMPLE_BLOCK, BLOCK -> block(element);
        case BLOCK_GROUP -> group(element);
        case VOID -> patches.add(element.zeros());
        default -> {
          // sizes and places of other clusters
        }
      }
      at = element.end();
    }
    return at;
  }

  private void group(Element group) {
    for (long at = group.content(); at < group.end(); ) {
      Element element = next(at, group.end());
      element.size();
      if (element.id() == BLOCK) {
        block(element);
      }
      at = element.end();
    }
  }

  /** A block starts with its track's number (one byte for the few we take) and its time. */
  private void block(Element block) {
    if (block.size() < 4) {
      throw Element.damaged();
    }
    ByteBuffer bytes = source.read(block.content(), 3);
    bytes.get();
    lastTime = Math.max(lastTime, clusterTime + bytes.getShort());
  }

  private Element next(long at, long limit) {
    if (++elements > MAX_ELEMENTS) {
      throw MediaException.file("has too many parts");
    }
    return Element.at(source, at, limit);
  }
}
