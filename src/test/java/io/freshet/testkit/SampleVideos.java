package io.freshet.testkit;

import static io.freshet.testkit.SamplePictures.join;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Videos written box by box: what they say of themselves is well-formed, what is in their streams
 * is not.
 */
public final class SampleVideos {
  public static final String PLACE = "+50.0755+014.4378/";
  public static final String PICTURES = "PICTURES-PICTURES-PICTURES";

  private static final int SECONDS = 5;

  private SampleVideos() {}

  /** With a place in the movie, and a track of places beside the one of pictures. */
  public static byte[] mp4() {
    return mp4(640, 360, SECONDS, "avc1");
  }

  public static byte[] mp4(int width, int height, int seconds, String codec) {
    byte[] start =
        join(box("ftyp", text("isom"), ints(0), text("isommp42")), box("free", text("Canon")));
    // Its length does not depend on the places in it.
    int data = start.length + movie(0, width, height, seconds, codec).length + 8;
    byte[] movie = movie(data, width, height, seconds, codec);
    return join(join(start, movie), box("mdat", text(PICTURES), text(PLACE)));
  }

  private static byte[] movie(int data, int width, int height, int seconds, String codec) {
    return box(
        "moov",
        box("mvhd", ints(0, 3_900_000, 3_900_001, 1_000, seconds * 1_000), new byte[80]),
        box("udta", box("\u00a9xyz", shorts(PLACE.length(), 0x15C7), text(PLACE))),
        track(data, PICTURES.length(), "vide", codec, width, height),
        track(data + PICTURES.length(), PLACE.length(), "meta", "mebx", 0, 0));
  }

  private static byte[] track(
      int data, int length, String handler, String codec, int width, int height) {
    byte[] matrix = ints(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000);
    byte[] header =
        box(
            "tkhd",
            ints(7, 3_900_000, 3_900_001, 1, 0, 5_000, 0, 0, 0, 0),
            matrix,
            ints(width << 16, height << 16));
    byte[] tables =
        box(
            "stbl",
            box("stsd", ints(0, 1), box(codec, new byte[78])),
            box("stts", ints(0, 1, 1, 5_000)),
            box("stsc", ints(0, 1, 1, 1, 1)),
            box("stsz", ints(0, 0, 1, length)),
            box("stco", ints(0, 1, data)));
    byte[] own = box("dinf", box("dref", ints(0, 1), box("url ", ints(1))));
    byte[] media =
        box(
            "mdia",
            box("mdhd", ints(0, 3_900_000, 3_900_001, 1_000, 5_000, 0)),
            box("hdlr", ints(0, 0), text(handler), ints(0, 0, 0), text("Core Media 4711\0")),
            box("minf", box("vmhd", ints(1, 0, 0)), own, tables));
    return box("trak", header, media);
  }

  public static byte[] box(String type, byte[]... contents) {
    byte[] all = new byte[0];
    for (byte[] content : contents) {
      all = join(all, content);
    }
    return ByteBuffer.allocate(8 + all.length)
        .putInt(8 + all.length)
        .put(text(type))
        .put(all)
        .array();
  }

  /** As a browser records it: no lengths of segment and cluster, no duration; with a tag. */
  public static byte[] webm() {
    byte[] header = element(0x1A45DFA3, element(0x4282, text("webm")));
    byte[] info =
        element(
            0x1549A966,
            element(0x2AD7B1, new byte[] {0x0F, 0x42, 0x40}),
            element(0x7BA9, text("At " + PLACE)),
            element(0x4D80, text("Recorder 4711")));
    byte[] video = element(0xE0, element(0xB0, shorts(640)), element(0xBA, shorts(360)));
    byte[] tracks =
        element(
            0x1654AE6B,
            element(
                0xAE,
                element(0xD7, new byte[] {1}),
                element(0x83, new byte[] {1}),
                element(0x86, text("V_VP9")),
                element(0x536E, text("Kamera 4711")),
                video));
    byte[] tags = element(0x1254C367, element(0x7373, text(PLACE)));
    byte[] clusters = join(cluster(0), cluster(2_000));
    byte[] content = join(join(info, tracks), join(clusters, tags));
    return join(join(header, unknown(0x18538067)), content);
  }

  private static byte[] cluster(int time) {
    byte[] block = join(new byte[] {(byte) 0x81, 1, (byte) 0xF4, 0}, text(PICTURES));
    return join(unknown(0x1F43B675), join(element(0xE7, shorts(time)), element(0xA3, block)));
  }

  public static byte[] element(int id, byte[]... contents) {
    byte[] all = new byte[0];
    for (byte[] content : contents) {
      all = join(all, content);
    }
    byte[] size = ByteBuffer.allocate(4).putInt(0x10000000 | all.length).array();
    return join(join(id(id), size), all);
  }

  private static byte[] unknown(int id) {
    return join(id(id), new byte[] {1, -1, -1, -1, -1, -1, -1, -1});
  }

  private static byte[] id(int id) {
    int bytes = id >>> 8 == 0 ? 1 : id >>> 16 == 0 ? 2 : id >>> 24 == 0 ? 3 : 4;
    byte[] all = ByteBuffer.allocate(4).putInt(id).array();
    return java.util.Arrays.copyOfRange(all, 4 - bytes, 4);
  }

  public static byte[] ints(int... numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length);
    for (int number : numbers) {
      bytes.putInt(number);
    }
    return bytes.array();
  }

  private static byte[] shorts(int... numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * numbers.length);
    for (int number : numbers) {
      bytes.putShort((short) number);
    }
    return bytes.array();
  }

  public static byte[] text(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
