package io.freshet.media.video;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a track's samples lie in the file, by its tables: chunks, how many samples are in each, and
 * how long these are. Damaged tables are refused.
 */
final class Mp4Samples {
  /** A place, a data or a time code every hundredth of a second for an hour. */
  private static final int MAX_ENTRIES = 400_000;

  private static final int RUN_INTS = 3;

  private final Source source;
  private final List<Box> tables;

  Mp4Samples(Source source, List<Box> tables) {
    this.source = source;
    this.tables = tables;
  }

  /** Zeros over all of them. */
  List<Patch> blotOut() {
    Optional<long[]> offsets =
        table("stco", 1).or(() -> table("co64", 2)).filter(all -> all.length > 0);
    if (offsets.isEmpty()) {
      return List.of();
    }
    long[] runs = table("stsc", RUN_INTS).orElseThrow(Box::damaged);
    Sizes sizes = sizes();
    List<Patch> patches = new ArrayList<>();
    int run = 0;
    int sample = 0;
    for (int chunk = 0; chunk < offsets.get().length; chunk++) {
      if (RUN_INTS * (run + 1) < runs.length && runs[RUN_INTS * (run + 1)] == chunk + 1) {
        run++;
      }
      long length = 0;
      for (long i = at(runs, RUN_INTS * run + 1); i > 0; i--) {
        length += sizes.of(sample++);
      }
      patches.add(blank(offsets.get()[chunk], length));
    }
    return patches;
  }

  private Patch blank(long offset, long length) {
    if (offset < 0 || length < 0 || offset + length > source.size()) {
      throw Box.damaged();
    }
    return Patch.zeros(offset, length);
  }

  private static long at(long[] numbers, int index) {
    if (index >= numbers.length || numbers[index] > MAX_ENTRIES) {
      throw Box.damaged();
    }
    return numbers[index];
  }

  /** All of one size, or each of its own. */
  private record Sizes(long same, long[] each) {
    long of(int sample) {
      if (same > 0) {
        return same;
      }
      if (sample >= each.length) {
        throw Box.damaged();
      }
      return each[sample];
    }
  }

  private Sizes sizes() {
    Box box = box("stsz").orElseThrow(Box::damaged);
    ByteBuffer content = box.read(source, MAX_ENTRIES * Integer.BYTES);
    content.getInt();
    long same = Integer.toUnsignedLong(content.getInt());
    return new Sizes(same, same > 0 ? new long[0] : numbers(content, 1));
  }

  /** The entries of a table, each of so many 32-bit numbers; 2 of them are one of 64 bits. */
  private Optional<long[]> table(String type, int ints) {
    return box(type)
        .map(box -> {
          ByteBuffer content = box.read(source, RUN_INTS * MAX_ENTRIES * Integer.BYTES);
          content.getInt();
          return numbers(content, ints);
        });
  }

  private static long[] numbers(ByteBuffer content, int ints) {
    int count = content.getInt();
    if (count < 0 || count > MAX_ENTRIES) {
      throw Box.damaged();
    }
    boolean wide = ints == 2;
    long[] numbers = new long[wide ? count : count * ints];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = wide ? content.getLong() : Integer.toUnsignedLong(content.getInt());
    }
    return numbers;
  }

  private Optional<Box> box(String type) {
    return tables.stream().filter(box -> box.type().equals(type)).findFirst();
  }
}
