package io.freshet.app.bulk;

import io.freshet.platform.OperatorException;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A text file, compressed with gzip or not; bytes that are no UTF-8 are replaced, and a byte order
 * mark is passed over.
 */
public final class InputFile {
  private static final int GZIP_MAGIC = 0x1f8b;
  private static final int BYTE_ORDER_MARK = 0xfeff;
  private static final int BUFFER = 1 << 16;

  private InputFile() {}

  /**
   * What is done with the file; what it says in an OperatorException is passed on with the file's
   * name.
   */
  public interface Use<T> {
    T read(BufferedReader reader) throws IOException;
  }

  static <T> T read(Path file, Use<T> use) {
    return read(file, _ -> {}, use);
  }

  /**
   * Reads a file.
   *
   * @param position is told how many bytes of the file were read, now and then
   */
  public static <T> T read(Path file, LongConsumer position, Use<T> use) {
    try (InputStream raw =
            new BufferedInputStream(new Counting(Files.newInputStream(file), position), BUFFER);
        BufferedReader reader = reader(raw)) {
      return use.read(reader);
    } catch (NoSuchFileException e) {
      throw new OperatorException("There is no file " + file + ".", e);
    } catch (ZipException | java.io.EOFException e) {
      throw new OperatorException(file + " is damaged: " + e.getMessage() + ".", e);
    } catch (IOException e) {
      throw new OperatorException("Cannot read " + file + ": " + e.getMessage() + ".", e);
    }
  }

  /** What is wrong with a file of which nothing is written unless all of it is right. */
  public static OperatorException bad(Path file, long line, String what) {
    return new OperatorException(file + ", line " + line + ": " + what + "; nothing was imported.");
  }

  /** Tells how far it was read, for a bar of progress. */
  private static final class Counting extends FilterInputStream {
    private final LongConsumer position;
    private long bytes;

    Counting(InputStream in, LongConsumer position) {
      super(in);
      this.position = position;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int count = super.read(into, offset, length);
      bytes += Math.max(0, count);
      position.accept(bytes);
      return count;
    }
  }

  private static BufferedReader reader(InputStream raw) throws IOException {
    raw.mark(2);
    int magic = raw.read() << 8 | raw.read();
    raw.reset();
    InputStream plain = magic == GZIP_MAGIC ? new GZIPInputStream(raw, BUFFER) : raw;
    BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                plain,
                StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .onUnmappableCharacter(CodingErrorAction.REPLACE)),
            BUFFER);
    reader.mark(1);
    if (reader.read() != BYTE_ORDER_MARK) {
      reader.reset();
    }
    return reader;
  }
}
