package io.freshet.search;

import java.util.ArrayList;
import java.util.List;

/**
 * A piece of a text, plain and without markup; {@code hit}: it is what was searched for. The pieces
 * of a text, joined, are the text.
 */
public record Piece(String text, boolean hit) {
  /**
   * Put around hits by the database, which takes them out of the text before; not of any script.
   */
  static final char START = '\uE000';

  static final char END = '\uE001';

  /** Stands for a less-than sign, which the database would take for the beginning of a tag. */
  static final char LESS = '\uE002';

  /** Cuts a text at the marks. */
  static List<Piece> of(String marked) {
    List<Piece> pieces = new ArrayList<>();
    String text = marked.strip().replace(LESS, '<');
    boolean isHit = false;
    int start = 0;
    for (int at = 0; at <= text.length(); at++) {
      boolean isEnd = at == text.length();
      if (isEnd || text.charAt(at) == START || text.charAt(at) == END) {
        if (at > start) {
          pieces.add(new Piece(text.substring(start, at), isHit));
        }
        isHit = !isEnd && text.charAt(at) == START;
        start = at + 1;
      }
    }
    return List.copyOf(pieces);
  }
}
