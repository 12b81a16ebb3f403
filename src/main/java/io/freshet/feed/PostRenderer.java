package io.freshet.feed;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.freshet.account.Account;
import io.freshet.account.Accounts;
import io.freshet.platform.Json;
import io.freshet.platform.NearCache;
import io.freshet.post.Post;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * Renders each post's JSON once and keeps the bytes with the versions of post and author that they
 * show, so an edit of either is seen by the next read. Thread-safe.
 */
public final class PostRenderer {
  /** The share of the heap that rendered posts may take. */
  private static final double HEAP_SHARE = 0.06;

  private static final int OVERHEAD = 100;

  private record Rendered(FeedItem item, int authorVersion) {}

  private final Accounts accounts;
  private final Cache<Long, Rendered> rendered =
      Caffeine.newBuilder()
          .maximumWeight(NearCache.share(HEAP_SHARE))
          .weigher((Long id, Rendered kept) -> OVERHEAD + kept.item().json().length)
          .build();

  public PostRenderer(Accounts accounts) {
    this.accounts = accounts;
  }

  /** The posts as readers get them, in the same order, for whoever has caught up to read them. */
  public List<FeedItem> render(List<Post> posts) {
    Set<Long> authors = new HashSet<>();
    posts.forEach(post -> authors.add(post.author().value()));
    Map<Long, Account> accountsById = accounts.hydrate(authors);
    List<FeedItem> items = new ArrayList<>(posts.size());
    for (Post post : posts) {
      Account author = accountsById.get(post.author().value());
      if (author != null) {
        items.add(render(post, author));
      }
    }
    return items;
  }

  /** One post, also for somebody who has just written it and read nothing yet. */
  public Optional<FeedItem> render(Post post) {
    return accounts.find(post.author()).map(author -> render(post, author));
  }

  private FeedItem render(Post post, Account author) {
    Rendered kept = rendered.getIfPresent(post.id().value());
    if (kept != null
        && kept.item().version() == post.version()
        && kept.authorVersion() == author.version()) {
      return kept.item();
    }
    FeedItem item = new FeedItem(post.id(), post.author(), post.version(), json(post, author));
    rendered.put(post.id().value(), new Rendered(item, author.version()));
    return item;
  }

  private static byte[] json(Post post, Account author) {
    ObjectNode json = Json.MAPPER.createObjectNode();
    json.put("id", post.id().toString());
    json.putObject("author")
        .put("id", author.id().toString())
        .put("handle", author.handle())
        .put("name", author.name());
    json.put("text", post.text());
    json.put("createdAt", post.createdAt().toString());
    post.editedAt().ifPresent(at -> json.put("editedAt", at.toString()));
    json.put("version", post.version());
    return Json.bytes(json);
  }
}
