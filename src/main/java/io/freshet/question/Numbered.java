package io.freshet.question;

import java.util.List;

/**
 * One page of a list that is walked by page.
 *
 * @param page from 1
 * @param total how many there are on all pages
 * @param pages how many pages there are, 1 at least
 */
public record Numbered<T>(List<T> items, int page, long total, int pages) {

  static <T> Numbered<T> of(List<T> items, int page, long total, int size) {
    int pages = (int) Math.max(1, (total + size - 1) / size);
    return new Numbered<>(List.copyOf(items), page, total, pages);
  }
}
