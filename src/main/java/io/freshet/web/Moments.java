package io.freshet.web;

import io.freshet.account.AccountId;
import io.freshet.feed.FeedItem;
import io.freshet.post.Counts;
import io.freshet.post.PostCounts;
import io.freshet.post.ReaderMarks;
import io.freshet.question.Scores;
import io.freshet.question.Summary;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is said of posts at the moment of the answer: their counters and, to a signed-in viewer,
 * what the viewer did with them. All of it comes from memory on a warm page. Thread-safe.
 */
public final class Moments {
  private static final ReaderMarks.Among NOTHING = new ReaderMarks.Among(Set.of(), Set.of());

  private final PostCounts counts;
  private final ReaderMarks marks;
  private final Scores scores;

  public Moments(PostCounts counts, ReaderMarks marks, Scores scores) {
    this.scores = scores;
    this.counts = counts;
    this.marks = marks;
  }

  /** For each item the fields to be added, for a viewer who has caught up to read them. */
  List<byte[]> of(List<FeedItem> items, Optional<AccountId> viewer) {
    Set<Long> posts = new HashSet<>();
    items.forEach(item -> posts.add(item.counted().value()));
    Map<Long, Counts> counted = counts.findAll(posts);
    ReaderMarks.Among marked =
        viewer.map(reader -> marks.among(reader.value(), posts)).orElse(NOTHING);
    Map<Long, Summary> asked = scores.summaries(questions(items));
    List<byte[]> moments = new ArrayList<>(items.size());
    for (FeedItem item : items) {
      StringBuilder json = new StringBuilder(100);
      long post = item.counted().value();
      append(json, counted.getOrDefault(post, Counts.NONE));
      Summary question = asked.get(post);
      if (question != null) {
        append(json, question);
      }
      if (viewer.isPresent()) {
        append(json, marked, post);
      }
      moments.add(json.toString().getBytes(StandardCharsets.US_ASCII));
    }
    return moments;
  }

  private static List<Long> questions(List<FeedItem> items) {
    return items.stream()
        .map(item -> item.original().orElse(item))
        .filter(FeedItem::isQuestion)
        .map(item -> item.id().value())
        .toList();
  }

  private static void append(StringBuilder json, Summary question) {
    json.append(",\"question\":{\"score\":")
        .append(question.score())
        .append(",\"answers\":")
        .append(question.answers())
        .append(",\"accepted\":")
        .append(question.isAccepted())
        .append('}');
  }

  private static void append(StringBuilder json, Counts counts) {
    json.append(",\"counts\":{\"likes\":")
        .append(counts.likes())
        .append(",\"comments\":")
        .append(counts.comments())
        .append(",\"shares\":")
        .append(counts.shares())
        .append('}');
  }

  private static void append(StringBuilder json, ReaderMarks.Among marked, long post) {
    json.append(",\"viewer\":{\"liked\":")
        .append(marked.liked().contains(post))
        .append(",\"shared\":")
        .append(marked.shared().contains(post))
        .append('}');
  }
}
