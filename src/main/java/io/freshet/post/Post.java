package io.freshet.post;

import io.freshet.account.AccountId;
import io.freshet.media.Medium;
import io.freshet.platform.Ids;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A post that lives.
 *
 * @param version 1 at first, rises with each edit
 * @param original what it shares; a share has no text and no version of its own, and what it refers
 *     to is never a share
 * @param entities what the text names
 * @param media attached to it when it was written, and for good
 * @param isQuestion whether it is a question, whose title is the text; body and answers are
 *     elsewhere
 */
public record Post(
    PostId id,
    AccountId author,
    String text,
    int version,
    Optional<Instant> editedAt,
    Optional<PostId> original,
    Entities entities,
    List<Medium> media,
    boolean isQuestion) {

  /** A post without media. */
  public Post(
      PostId id,
      AccountId author,
      String text,
      int version,
      Optional<Instant> editedAt,
      Optional<PostId> original,
      Entities entities) {
    this(id, author, text, version, editedAt, original, entities, List.of(), false);
  }

  /** A post that shares nothing and whose text names nothing. */
  public Post(PostId id, AccountId author, String text, int version, Optional<Instant> editedAt) {
    this(id, author, text, version, editedAt, Optional.empty(), Entities.NONE);
  }

  /** A share of another post. */
  public static Post share(PostId id, AccountId author, PostId original) {
    return new Post(id, author, "", 1, Optional.empty(), Optional.of(original), Entities.NONE);
  }

  /** The post of a question. */
  public static Post question(PostId id, AccountId author, String title, List<String> tags) {
    Entities borne = new Entities(List.of(), tags);
    return new Post(
        id, author, title, 1, Optional.empty(), Optional.empty(), borne, List.of(), true);
  }

  /** A share as its readers see it: what it shows has this version. */
  public Post showing(int originalVersion) {
    return new Post(
        id, author, text, originalVersion, editedAt, original, entities, media, isQuestion);
  }

  /** The same with these media. */
  Post with(List<Medium> attached) {
    return new Post(id, author, text, version, editedAt, original, entities, attached, isQuestion);
  }

  public boolean isShare() {
    return original.isPresent();
  }

  public Instant createdAt() {
    return Ids.instantOf(id.value());
  }
}
