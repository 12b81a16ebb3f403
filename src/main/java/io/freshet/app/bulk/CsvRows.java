package io.freshet.app.bulk;

import java.io.IOException;
import java.io.PushbackReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads CSV row by row (RFC 4180); knows the line for messages. */
public final class CsvRows {
  private static final int END = -1;

  private final Path file;
  private final PushbackReader reader;
  private long line;
  private long started;

  public CsvRows(Path file, PushbackReader reader) {
    this.file = file;
    this.reader = reader;
  }

  /** The line that the last row began in, counted from 1. */
  public long line() {
    return started;
  }

  /** The next row that is not blank; empty at the end. */
  public List<String> next() throws IOException {
    List<String> row = new ArrayList<>();
    do {
      started = line + 1;
      row.clear();
      readRow(row);
    } while (row.size() == 1 && row.getFirst().isEmpty());
    return row;
  }

  private void readRow(List<String> row) throws IOException {
    int c = reader.read();
    if (c == END) {
      return;
    }
    reader.unread(c);
    do {
      row.add(field());
      c = reader.read();
    } while (c == ',');
    if (c == '\r') {
      int following = reader.read();
      if (following != '\n' && following != END) {
        reader.unread(following);
      }
    }
    line++;
  }

  private String field() throws IOException {
    int c = reader.read();
    if (c == '"') {
      return quoted();
    }
    StringBuilder field = new StringBuilder();
    while (c != END && c != ',' && c != '\n' && c != '\r') {
      field.append((char) c);
      c = reader.read();
    }
    if (c != END) {
      reader.unread(c);
    }
    return field.toString();
  }

  private String quoted() throws IOException {
    StringBuilder field = new StringBuilder();
    while (true) {
      int c = reader.read();
      if (c == END) {
        throw InputFile.bad(file, started, "a quoted field is never closed");
      }
      if (c == '"') {
        int following = reader.read();
        if (following != '"') {
          if (following != END) {
            reader.unread(following);
          }
          return field.toString();
        }
      } else if (c == '\n') {
        line++;
      }
      field.append((char) c);
    }
  }
}
