package io.freshet.post;

import io.freshet.account.AccountId;
import io.freshet.platform.Invalidations;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * A post as id, author, original (0: none), version, time of the last edit (seconds and
 * nanoseconds) and text.
 */
final class PostCodec implements Invalidations.Codec<Post> {
  private static final int FIXED_BYTES = 4 * Long.BYTES + 2 * Integer.BYTES;

  /** In place of the seconds: never edited. */
  private static final long NEVER = Long.MIN_VALUE;

  /** In place of the original's id: it shares nothing. */
  private static final long NONE = 0;

  @Override
  public byte[] write(Post post) {
    byte[] text = post.text().getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(FIXED_BYTES + text.length)
        .putLong(post.id().value())
        .putLong(post.author().value())
        .putLong(post.original().map(PostId::value).orElse(NONE))
        .putInt(post.version())
        .putLong(post.editedAt().map(Instant::getEpochSecond).orElse(NEVER))
        .putInt(post.editedAt().map(Instant::getNano).orElse(0))
        .put(text)
        .array();
  }

  @Override
  public Post read(byte[] bytes) {
    ByteBuffer from = ByteBuffer.wrap(bytes);
    PostId id = new PostId(from.getLong());
    AccountId author = new AccountId(from.getLong());
    long original = from.getLong();
    int version = from.getInt();
    long second = from.getLong();
    int nano = from.getInt();
    Optional<Instant> editedAt =
        second == NEVER ? Optional.empty() : Optional.of(Instant.ofEpochSecond(second, nano));
    return new Post(
        id,
        author,
        StandardCharsets.UTF_8.decode(from).toString(),
        version,
        editedAt,
        original == NONE ? Optional.empty() : Optional.of(new PostId(original)));
  }
}
