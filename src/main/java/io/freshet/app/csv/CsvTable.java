package io.freshet.app.csv;

import io.freshet.app.bulk.CsvRows;
import io.freshet.app.bulk.InputFile;
import io.freshet.platform.OperatorException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PushbackReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** A CSV file (RFC 4180) whose first row names the columns, in any order and either case. */
final class CsvTable {
  private final Path file;

  CsvTable(Path file) {
    this.file = file;
  }

  /** A row by the names of its columns, which are in lower case. */
  record Row(Path file, long line, Map<String, String> fields) {
    /** Blank where there is no such column or nothing in it. */
    String text(String column) {
      return fields.getOrDefault(column.toLowerCase(Locale.ROOT), "").strip();
    }

    OperatorException bad(String what) {
      return InputFile.bad(file, line, what);
    }
  }

  /**
   * Hands over row by row.
   *
   * @param required the columns that it has to have
   */
  void read(List<String> required, Consumer<Row> each) {
    int _ = InputFile.read(file, _ -> {}, reader -> rows(reader, required, each));
  }

  private int rows(BufferedReader reader, List<String> required, Consumer<Row> each)
      throws IOException {
    CsvRows rows = new CsvRows(file, new PushbackReader(reader));
    List<String> header =
        rows.next().stream().map(name -> name.strip().toLowerCase(Locale.ROOT)).toList();
    for (String column : required) {
      if (!header.contains(column.toLowerCase(Locale.ROOT))) {
        throw InputFile.bad(
            file, 1, "there is no column \"" + column + "\", only " + String.join(", ", header));
      }
    }
    int count = 0;
    for (List<String> row = rows.next(); !row.isEmpty(); row = rows.next()) {
      if (row.size() != header.size()) {
        throw InputFile.bad(
            file,
            rows.line(),
            "the row has %d fields, but there are %d columns".formatted(row.size(), header.size()));
      }
      Map<String, String> fields = HashMap.newHashMap(row.size());
      for (int i = 0; i < row.size(); i++) {
        fields.put(header.get(i), row.get(i));
      }
      each.accept(new Row(file, rows.line(), fields));
      count++;
    }
    return count;
  }
}
