package io.freshet.web;

import io.freshet.account.AccountId;
import io.freshet.feed.FeedItem;
import io.freshet.feed.PostRenderer;
import io.freshet.platform.Page;
import io.freshet.post.Post;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/**
 * Sends pages of posts. The body is the posts' rendered bytes joined, never serialised again, with
 * what is true at this moment put in between; its ETag is a fingerprint of these bytes, so that a
 * caller who has them already gets a 304.
 */
public final class FeedPages {
  private static final byte[] START = ascii("{\"items\":[");
  private static final byte[] END = ascii("]}");
  private static final byte[] END_BEFORE_CURSOR = ascii("],\"nextCursor\":\"");
  private static final byte[] CURSOR_END = ascii("\"}");
  private static final byte[] ORIGINAL = ascii(",\"original\":");

  private final PostRenderer renderer;
  private final Moments moments;

  public FeedPages(PostRenderer renderer, Moments moments) {
    this.renderer = renderer;
    this.moments = moments;
  }

  /** A page of posts as this viewer sees them, who has caught up to read it. */
  public void send(
      ServerRequest request,
      ServerResponse response,
      String list,
      Page<Post> page,
      Optional<AccountId> viewer) {
    Optional<String> cursor = Replies.nextCursor(list, page.next());
    List<FeedItem> items = renderer.render(page.items());
    byte[] body = body(items, moments.of(items, viewer), cursor);
    cursor.ifPresent(next -> Replies.link(request, response, next));
    send(request, response, body);
  }

  /** One post as this viewer sees it; empty when there is nobody who wrote it. */
  public Optional<byte[]> json(Post post, Optional<AccountId> viewer) {
    return renderer
        .render(post)
        .map(item -> {
          byte[] moment = moments.of(List.of(item), viewer).getFirst();
          byte[] json = new byte[size(item, moment)];
          put(json, 0, item, moment);
          return json;
        });
  }

  /** The JSON of posts as this viewer sees them, who has caught up to read them, by id. */
  public Map<Long, String> jsons(List<Post> posts, Optional<AccountId> viewer) {
    List<FeedItem> items = renderer.render(posts);
    List<byte[]> now = moments.of(items, viewer);
    Map<Long, String> jsons = HashMap.newHashMap(items.size());
    for (int i = 0; i < items.size(); i++) {
      byte[] json = new byte[size(items.get(i), now.get(i))];
      put(json, 0, items.get(i), now.get(i));
      jsons.put(items.get(i).id().value(), new String(json, StandardCharsets.UTF_8));
    }
    return jsons;
  }

  /** Sends JSON bytes under their ETag, or 304 if the caller has them. */
  public void send(ServerRequest request, ServerResponse response, byte[] body) {
    String etag = etag(body);
    response.headers().set(HeaderNames.ETAG, etag);
    if (isKnown(request, etag)) {
      response.status(Status.NOT_MODIFIED_304);
      response.send();
      return;
    }
    Replies.bytes(response, body);
  }

  /** Whether the caller has what has this ETag. */
  static boolean isKnown(ServerRequest request, String etag) {
    return request.headers().contains(HeaderNames.IF_NONE_MATCH)
        && matches(request.headers().get(HeaderNames.IF_NONE_MATCH).allValues(true), etag);
  }

  private static boolean matches(List<String> known, String etag) {
    return known.stream()
        .map(value -> value.startsWith("W/") ? value.substring(2) : value)
        .anyMatch(value -> value.equals(etag) || value.equals("*"));
  }

  /**
   * @param moments for each item the fields to be added to what is counted, each begun with a comma
   */
  static byte[] body(List<FeedItem> items, List<byte[]> moments, Optional<String> cursor) {
    int size = START.length + Math.max(0, items.size() - 1);
    for (int i = 0; i < items.size(); i++) {
      size += size(items.get(i), moments.get(i));
    }
    byte[] tail = cursor.map(FeedPages::tail).orElse(END);
    byte[] body = new byte[size + tail.length];
    int at = put(body, 0, START);
    for (int i = 0; i < items.size(); i++) {
      if (i > 0) {
        body[at++] = ',';
      }
      at = put(body, at, items.get(i), moments.get(i));
    }
    put(body, at, tail);
    return body;
  }

  private static int size(FeedItem item, byte[] moment) {
    int own = item.json().length;
    return item.original().isEmpty()
        ? own + moment.length
        : own + ORIGINAL.length + size(item.original().get(), moment);
  }

  /** The object's last brace is put off until all fields are in: a share's last is its original. */
  private static int put(byte[] target, int start, FeedItem item, byte[] moment) {
    int open = item.json().length - 1;
    System.arraycopy(item.json(), 0, target, start, open);
    int at = start + open;
    if (item.original().isEmpty()) {
      at = put(target, at, moment);
    } else {
      at = put(target, put(target, at, ORIGINAL), item.original().get(), moment);
    }
    target[at] = '}';
    return at + 1;
  }

  private static byte[] tail(String cursor) {
    byte[] tail =
        Arrays.copyOf(
            END_BEFORE_CURSOR, END_BEFORE_CURSOR.length + cursor.length() + CURSOR_END.length);
    int at = put(tail, END_BEFORE_CURSOR.length, ascii(cursor));
    put(tail, at, CURSOR_END);
    return tail;
  }

  private static int put(byte[] target, int at, byte[] bytes) {
    System.arraycopy(bytes, 0, target, at, bytes.length);
    return at + bytes.length;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Two checksums side by side: both run in hardware, and together a change goes unseen once in
   * 2^64.
   */
  private static String etag(byte[] body) {
    CRC32C castagnoli = new CRC32C();
    castagnoli.update(body, 0, body.length);
    CRC32 plain = new CRC32();
    plain.update(body, 0, body.length);
    return "\"" + Long.toHexString(castagnoli.getValue() << 32 | plain.getValue()) + "\"";
  }
}
