package io.freshet.app.bulk;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Streams rows into a table with COPY, in its text format. */
final class CopyTable implements AutoCloseable {
  private static final int FLUSH_CHARACTERS = 1 << 16;

  private final CopyIn copy;
  private final StringBuilder buffer = new StringBuilder(FLUSH_CHARACTERS + 4_096);
  private boolean fieldsBefore;

  /**
   * @param columns the table with its columns in parentheses
   */
  CopyTable(Connection connection, String columns) throws SQLException {
    this.copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn("COPY " + columns + " FROM STDIN");
  }

  CopyTable field(long value) {
    separate();
    buffer.append(value);
    return this;
  }

  CopyTable field(String value) {
    separate();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '\\' -> buffer.append("\\\\");
        case '\t' -> buffer.append("\\t");
        case '\n' -> buffer.append("\\n");
        case '\r' -> buffer.append("\\r");
        default -> buffer.append(Character.isSurrogate(c) && !isPaired(value, i) ? '\uFFFD' : c);
      }
    }
    return this;
  }

  CopyTable missing() {
    separate();
    buffer.append("\\N");
    return this;
  }

  void endRow() throws SQLException {
    buffer.append('\n');
    fieldsBefore = false;
    if (buffer.length() >= FLUSH_CHARACTERS) {
      flush();
    }
  }

  /** Ends the COPY; the rows are in the running transaction. */
  void finish() throws SQLException {
    flush();
    copy.endCopy();
  }

  /** Breaks the COPY off unless it is finished. */
  @Override
  public void close() throws SQLException {
    if (copy.isActive()) {
      copy.cancelCopy();
    }
  }

  private void flush() throws SQLException {
    byte[] bytes = buffer.toString().getBytes(StandardCharsets.UTF_8);
    copy.writeToCopy(bytes, 0, bytes.length);
    buffer.setLength(0);
  }

  private void separate() {
    if (fieldsBefore) {
      buffer.append('\t');
    }
    fieldsBefore = true;
  }

  private static boolean isPaired(String value, int i) {
    return Character.isHighSurrogate(value.charAt(i))
        ? i + 1 < value.length() && Character.isLowSurrogate(value.charAt(i + 1))
        : i > 0 && Character.isHighSurrogate(value.charAt(i - 1));
  }
}
