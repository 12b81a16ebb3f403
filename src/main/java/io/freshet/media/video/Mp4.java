package io.freshet.media.video;

import io.freshet.media.FileType;
import io.freshet.media.MediaException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads the structure of an MP4 file. Not thread-safe; for one file. */
final class Mp4 {
  private static final Set<String> BRANDS =
      Set.of(
          "isom", "iso2", "iso3", "iso4", "iso5", "iso6", "mp41", "mp42", "avc1", "M4V ", "M4VP",
          "MSNV", "qt  ");
  private static final Set<String> FRAGMENTS = Set.of("moof", "mfra", "sidx", "styp", "mvex");
  private static final Set<String> PLAIN = Set.of("ftyp", "mdat", "free", "skip", "wide");
  private static final int MAX_FTYP_BYTES = 1_024;
  private static final int MAX_HEADER_BYTES = 256;
  private static final int MAX_TRACKS = 16;
  private static final int MAX_SOUND_TRACKS = 2;

  private final Source source;
  private final List<Patch> patches = new ArrayList<>();
  private final List<Mp4Track> tracks = new ArrayList<>();
  private Duration duration = Duration.ZERO;

  private Mp4(Source source) {
    this.source = source;
  }

  static VideoPlan plan(Source source) {
    try {
      return new Mp4(source).plan();
    } catch (BufferUnderflowException
        | IndexOutOfBoundsException
        | IllegalArgumentException
        | ArithmeticException e) {
      throw Box.damaged();
    }
  }

  private VideoPlan plan() {
    List<Box> top = Box.between(source, 0, source.size());
    requireBrand(top.getFirst());
    boolean hasMovie = false;
    for (Box box : top) {
      if (FRAGMENTS.contains(box.type())) {
        throw fragmented();
      }
      if (box.type().equals("moov") && !hasMovie) {
        hasMovie = true;
        movie(box);
      } else if (!PLAIN.contains(box.type())) {
        patches.add(box.blotOut());
      } else if (box.type().equals("free") || box.type().equals("skip")) {
        patches.add(Patch.zeros(box.content(), box.length()));
      }
    }
    return result();
  }

  private VideoPlan result() {
    List<Mp4Track> pictures = tracks.stream().filter(Mp4Track::isVideo).toList();
    long sounds = tracks.stream().filter(Mp4Track::isSound).count();
    if (pictures.size() != 1 || sounds > MAX_SOUND_TRACKS) {
      throw MediaException.file(
          "has "
              + pictures.size()
              + " tracks of pictures and "
              + sounds
              + " of sound: one of each is taken");
    }
    for (Mp4Track track : tracks) {
      patches.addAll(track.patches());
      if (track.duration().compareTo(duration) > 0) {
        duration = track.duration();
      }
    }
    Mp4Track picture = pictures.getFirst();
    return new VideoPlan(
        FileType.MP4, picture.width(), picture.height(), duration, List.copyOf(patches));
  }

  private void requireBrand(Box first) {
    ByteBuffer content = first.read(source, MAX_FTYP_BYTES);
    byte[] brand = new byte[Integer.BYTES];
    content.get(brand);
    if (!BRANDS.contains(new String(brand, StandardCharsets.ISO_8859_1))) {
      throw MediaException.file("is no MP4 of a kind that is taken (H.264, H.265, VP9 or AV1)");
    }
  }

  private void movie(Box movie) {
    for (Box box : movie.children(source)) {
      switch (box.type()) {
        case "mvhd" -> {
          Times times = Times.read(box.read(source, MAX_HEADER_BYTES), box.content());
          duration = times.duration();
          patches.add(times.blotOut());
        }
        case "trak" -> {
          if (tracks.size() == MAX_TRACKS) {
            throw Box.damaged();
          }
          tracks.add(new Mp4Track(source, box));
        }
        case "mvex" -> throw fragmented();
        default -> patches.add(box.blotOut());
      }
    }
  }

  private static MediaException fragmented() {
    return MediaException.file("is an MP4 in fragments, as for streaming: save it as one piece");
  }

  /**
   * What the headers of a movie and of a track's media say of time.
   *
   * @param blotOut takes away when it was made and changed
   */
  record Times(Duration duration, Patch blotOut) {
    private static final int LATER_VERSION = 1;
    private static final long MILLIS = 1_000;

    /** A day: more is nonsense, and this much cannot overflow. */
    private static final long MAX_SECONDS = 86_400;

    static Times read(ByteBuffer content, long at) {
      boolean wide = content.get() == LATER_VERSION;
      content.position(Integer.BYTES);
      int stamps = wide ? 2 * Long.BYTES : 2 * Integer.BYTES;
      content.position(Integer.BYTES + stamps);
      long scale = Integer.toUnsignedLong(content.getInt());
      long units = wide ? content.getLong() : Integer.toUnsignedLong(content.getInt());
      if (scale == 0 || units < 0 || units / scale > MAX_SECONDS) {
        throw Box.damaged();
      }
      return new Times(
          Duration.ofMillis(units * MILLIS / scale), Patch.zeros(at + Integer.BYTES, stamps));
    }
  }
}
