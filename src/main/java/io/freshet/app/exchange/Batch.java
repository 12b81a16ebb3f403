package io.freshet.app.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Rows that are written together. For one thread. */
final class Batch<T> {
  private final int size;
  private final Consumer<List<T>> write;
  private final List<T> rows = new ArrayList<>();

  Batch(int size, Consumer<List<T>> write) {
    this.size = size;
    this.write = write;
  }

  void add(T row) {
    rows.add(row);
    if (rows.size() >= size) {
      flush();
    }
  }

  void flush() {
    if (!rows.isEmpty()) {
      write.accept(List.copyOf(rows));
      rows.clear();
    }
  }
}
