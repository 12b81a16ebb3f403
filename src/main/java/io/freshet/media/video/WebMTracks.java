package io.freshet.media.video;

import io.freshet.media.MediaException;
import java.util.List;
import java.util.Set;

/** The tracks of a WebM file: what they hold, and how large the picture is. Not thread-safe. */
final class WebMTracks {
  private static final Set<String> PICTURES = Set.of("V_VP8", "V_VP9", "V_AV1");
  private static final Set<String> SOUNDS = Set.of("A_OPUS", "A_VORBIS");

  private static final int ENTRY = 0xAE;
  private static final int NUMBER = 0xD7;
  private static final int TYPE = 0x83;
  private static final int CODEC = 0x86;
  private static final int NAME = 0x536E;
  private static final int CODEC_NAME = 0x258688;
  private static final int ENCODINGS = 0x6D80;
  private static final int VIDEO = 0xE0;
  private static final int WIDTH = 0xB0;
  private static final int HEIGHT = 0xBA;
  private static final int CHECKSUM = 0xBF;
  private static final int VOID = 0xEC;
  private static final int PICTURE_TYPE = 1;
  private static final int SOUND_TYPE = 2;

  /** One byte of a block holds it. */
  private static final int MAX_NUMBER = 126;

  private final Source source;
  private final List<Patch> patches;
  private int pictures;
  private int sounds;
  private int width;
  private int height;

  WebMTracks(Source source, List<Patch> patches) {
    this.source = source;
    this.patches = patches;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  void requireOneOfEach() {
    if (pictures != 1 || sounds > 1) {
      throw MediaException.file(
          "has "
              + pictures
              + " tracks of pictures and "
              + sounds
              + " of sound: one of each is taken");
    }
  }

  void read(Element tracks) {
    tracks.size();
    for (long at = tracks.content(); at < tracks.end(); ) {
      Element element = Element.at(source, at, tracks.end());
      element.size();
      if (element.id() == ENTRY) {
        entry(element);
      } else {
        patches.add(element.blotOut());
      }
      at = element.end();
    }
  }

  private void entry(Element entry) {
    long type = 0;
    String codec = "";
    for (long at = entry.content(); at < entry.end(); ) {
      Element element = Element.at(source, at, entry.end());
      element.size();
      switch (element.id()) {
        case TYPE -> type = element.number(source);
        case CODEC -> codec = element.word(source);
        case VIDEO -> video(element);
        case NUMBER -> requireSmall(element.number(source));
        case NAME, CODEC_NAME, VOID -> patches.add(element.zeros());
        case CHECKSUM -> patches.add(element.blotOut());
        case ENCODINGS -> throw MediaException.file("is an encrypted or packed WebM");
        default -> {
          // what its decoder needs
        }
      }
      at = element.end();
    }
    count(type, codec);
  }

  private static void requireSmall(long number) {
    if (number < 1 || number > MAX_NUMBER) {
      throw Element.damaged();
    }
  }

  private void count(long type, String codec) {
    boolean picture = type == PICTURE_TYPE && PICTURES.contains(codec);
    boolean sound = type == SOUND_TYPE && SOUNDS.contains(codec);
    if (!picture && !sound) {
      throw MediaException.file(
          "has a track of another kind: VP8, VP9 or AV1 with Opus or Vorbis are taken");
    }
    pictures += picture ? 1 : 0;
    sounds += sound ? 1 : 0;
  }

  private void video(Element video) {
    for (long at = video.content(); at < video.end(); ) {
      Element element = Element.at(source, at, video.end());
      element.size();
      if (element.id() == WIDTH) {
        width = (int) Math.min(element.number(source), Integer.MAX_VALUE);
      } else if (element.id() == HEIGHT) {
        height = (int) Math.min(element.number(source), Integer.MAX_VALUE);
      }
      at = element.end();
    }
  }
}
