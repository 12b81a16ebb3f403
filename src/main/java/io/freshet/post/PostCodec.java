package io.freshet.post;

import io.freshet.account.AccountId;
import io.freshet.media.Medium;
import io.freshet.platform.Invalidations;
import io.freshet.platform.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A post as the format, id, author, original (0: none), version, time of the last edit (seconds and
 * nanoseconds), whether it is a question, what the text names, its media in JSON, and the text.
 * Another format is refused, and the post loaded from the database.
 */
final class PostCodec implements Invalidations.Codec<Post> {
  /** Below 0, since the first format began with an id, which is above. Changes with the fields. */
  private static final byte FORMAT = -4;

  /** In place of the seconds: never edited. */
  private static final long NEVER = Long.MIN_VALUE;

  /** In place of the original's id: it shares nothing. */
  private static final long NONE = 0;

  private static final int FIXED_BYTES = 64;

  @Override
  public byte[] write(Post post) {
    byte[] text = post.text().getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(FIXED_BYTES + text.length);
    try (DataOutputStream to = new DataOutputStream(bytes)) {
      to.writeByte(FORMAT);
      to.writeLong(post.id().value());
      to.writeLong(post.author().value());
      to.writeLong(post.original().map(PostId::value).orElse(NONE));
      to.writeInt(post.version());
      to.writeLong(post.editedAt().map(Instant::getEpochSecond).orElse(NEVER));
      to.writeInt(post.editedAt().map(Instant::getNano).orElse(0));
      to.writeBoolean(post.isQuestion());
      write(post.entities(), to);
      byte[] media = post.media().isEmpty() ? new byte[0] : Json.bytes(post.media());
      to.writeInt(media.length);
      to.write(media);
      to.write(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(Entities entities, DataOutputStream to) throws IOException {
    to.writeByte(entities.mentioned().size());
    for (Long account : entities.mentioned()) {
      to.writeLong(account);
    }
    to.writeByte(entities.tags().size());
    for (String tag : entities.tags()) {
      to.writeUTF(tag);
    }
  }

  @Override
  public Post read(byte[] bytes) {
    try (DataInputStream from = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (from.readByte() != FORMAT) {
        throw new IllegalArgumentException("a post in another format");
      }
      PostId id = new PostId(from.readLong());
      AccountId author = new AccountId(from.readLong());
      long shared = from.readLong();
      Optional<PostId> original =
          shared == NONE ? Optional.empty() : Optional.of(new PostId(shared));
      int version = from.readInt();
      Optional<Instant> editedAt = time(from.readLong(), from.readInt());
      boolean isQuestion = from.readBoolean();
      Entities entities = entities(from);
      byte[] media = from.readNBytes(from.readInt());
      String text = new String(from.readAllBytes(), StandardCharsets.UTF_8);
      return new Post(
          id, author, text, version, editedAt, original, entities, media(media), isQuestion);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Medium> media(byte[] json) {
    return json.length == 0 ? List.of() : List.of(Json.read(json, Medium[].class));
  }

  private static Optional<Instant> time(long second, int nano) {
    return second == NEVER ? Optional.empty() : Optional.of(Instant.ofEpochSecond(second, nano));
  }

  private static Entities entities(DataInputStream from) throws IOException {
    List<Long> mentioned = new ArrayList<>();
    for (int i = from.readByte(); i > 0; i--) {
      mentioned.add(from.readLong());
    }
    List<String> tags = new ArrayList<>();
    for (int i = from.readByte(); i > 0; i--) {
      tags.add(from.readUTF());
    }
    return mentioned.isEmpty() && tags.isEmpty() ? Entities.NONE : new Entities(mentioned, tags);
  }
}
