package io.freshet.app.exchange;

import io.freshet.app.exchange.Dump.Part;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What has to be known of a whole dump before any of it is written: the ids of its questions and
 * answers, and who wrote. It takes some 200 bytes of memory a text. For one thread.
 */
final class DumpIndex {
  static final long QUESTION = 1;
  static final long ANSWER = 2;

  private final Handles handles;
  private final Losses losses;
  private final DumpIds ids = new DumpIds();
  private final Map<Long, Item> items = new HashMap<>();
  private final Map<Long, Long> accepted = new HashMap<>();
  private final Map<String, Author> authors = new LinkedHashMap<>();

  /**
   * A question or an answer.
   *
   * @param id ours
   * @param parent the dump's number of the question that is answered; of a question empty
   */
  record Item(long id, Optional<Long> parent) {
    boolean isQuestion() {
      return parent.isEmpty();
    }
  }

  /**
   * Somebody who wrote.
   *
   * @param since when they first did, as far as the dump tells
   * @param name as the text gives it, of who is gone from the site
   */
  record Author(Instant since, Optional<String> name) {}

  DumpIndex(Handles handles, Losses losses) {
    this.handles = handles;
    this.losses = losses;
  }

  void read(Dump dump) {
    dump.read(Part.POSTS, "looking through posts", this::post);
    dump.read(Part.COMMENTS, "looking through comments", this::comment);
  }

  /** The question or answer with the dump's number. */
  Optional<Item> find(long number) {
    return Optional.ofNullable(items.get(number));
  }

  Optional<Item> question(long number) {
    return find(number).filter(Item::isQuestion);
  }

  boolean isAccepted(long question, long answer) {
    return accepted.getOrDefault(question, 0L) == answer;
  }

  Map<String, Author> authors() {
    return authors;
  }

  String authorOfPost(DumpRow row) {
    return handles.ofAuthor(
        row.optionalNumber("OwnerUserId"), row.text("OwnerDisplayName"), "p" + row.number("Id"));
  }

  String authorOfComment(DumpRow row) {
    return handles.ofAuthor(
        row.optionalNumber("UserId"), row.text("UserDisplayName"), "c" + row.number("Id"));
  }

  private void post(DumpRow row) {
    long type = row.number("PostTypeId");
    if (type != QUESTION && type != ANSWER) {
      losses.add(Loss.OTHER_POSTS);
      return;
    }
    long number = row.number("Id");
    Instant at = row.time("CreationDate");
    Optional<Long> parent = type == ANSWER ? Optional.of(row.number("ParentId")) : Optional.empty();
    if (items.putIfAbsent(number, new Item(ids.id(at, number), parent)) != null) {
      throw row.bad("there is a post with the Id " + number + " before it");
    }
    if (parent.isEmpty()) {
      row.optionalNumber("AcceptedAnswerId").ifPresent(answer -> accepted.put(number, answer));
    }
    wrote(authorOfPost(row), at, row.text("OwnerDisplayName"));
  }

  private void comment(DumpRow row) {
    if (question(row.number("PostId")).isPresent()) {
      wrote(authorOfComment(row), row.time("CreationDate"), row.text("UserDisplayName"));
    }
  }

  private void wrote(String handle, Instant at, Optional<String> name) {
    Author known = authors.get(handle);
    if (known == null || at.isBefore(known.since())) {
      authors.put(handle, new Author(at, name));
    }
  }
}
