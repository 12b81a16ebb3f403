package io.freshet.web;

import io.freshet.account.AccountId;
import io.freshet.feed.FeedItem;
import io.freshet.post.Counts;
import io.freshet.post.PostCounts;
import io.freshet.post.ReaderMarks;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is said of posts at the moment of the answer: their counters and, to a signed-in viewer,
 * what the viewer did with them. Both come from memory on a warm page. Thread-safe.
 */
public final class Moments {
  private static final byte[] LIKES = ascii(",\"counts\":{\"likes\":");
  private static final byte[] COMMENTS = ascii(",\"comments\":");
  private static final byte[] SHARES = ascii(",\"shares\":");
  private static final byte[] END = ascii("}");
  private static final byte[] LIKED = ascii(",\"viewer\":{\"liked\":true");
  private static final byte[] NOT_LIKED = ascii(",\"viewer\":{\"liked\":false");
  private static final byte[] SHARED = ascii(",\"shared\":true}");
  private static final byte[] NOT_SHARED = ascii(",\"shared\":false}");
  private static final ReaderMarks.Among NOTHING = new ReaderMarks.Among(Set.of(), Set.of());

  private final PostCounts counts;
  private final ReaderMarks marks;

  public Moments(PostCounts counts, ReaderMarks marks) {
    this.counts = counts;
    this.marks = marks;
  }

  /** For each item the fields to be added, for a viewer who has caught up to read them. */
  List<byte[]> of(List<FeedItem> items, Optional<AccountId> viewer) {
    List<Long> posts = new ArrayList<>(items.size());
    for (FeedItem item : items) {
      posts.add(item.counted().value());
    }
    Map<Long, Counts> counted = counts.findAll(posts);
    ReaderMarks.Among marked =
        viewer.map(reader -> marks.among(reader.value(), posts)).orElse(NOTHING);
    Fragment fragment = new Fragment();
    List<byte[]> moments = new ArrayList<>(items.size());
    for (Long post : posts) {
      Counts now = counted.getOrDefault(post, Counts.NONE);
      fragment.add(LIKES).add(now.likes()).add(COMMENTS).add(now.comments());
      fragment.add(SHARES).add(now.shares()).add(END);
      if (viewer.isPresent()) {
        fragment.add(marked.liked().contains(post) ? LIKED : NOT_LIKED);
        fragment.add(marked.shared().contains(post) ? SHARED : NOT_SHARED);
      }
      moments.add(fragment.take());
    }
    return moments;
  }

  /** Bytes of one item's fields, written again and again into the same place. */
  private static final class Fragment {
    /** More than all names, three numbers and two marks take. */
    private final byte[] bytes = new byte[160];

    private int length;

    Fragment add(byte[] name) {
      System.arraycopy(name, 0, bytes, length, name.length);
      length += name.length;
      return this;
    }

    /** Digits, of a number that is not negative. */
    Fragment add(int number) {
      int digits = 1;
      for (int rest = number / 10; rest > 0; rest /= 10) {
        digits++;
      }
      int rest = number;
      for (int i = length + digits - 1; i >= length; i--) {
        bytes[i] = (byte) ('0' + rest % 10);
        rest /= 10;
      }
      length += digits;
      return this;
    }

    byte[] take() {
      byte[] taken = Arrays.copyOf(bytes, length);
      length = 0;
      return taken;
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
