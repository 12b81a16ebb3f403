package io.freshet.feed;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.freshet.account.Account;
import io.freshet.account.Accounts;
import io.freshet.media.MediaAddresses;
import io.freshet.media.Shown;
import io.freshet.platform.Json;
import io.freshet.platform.NearCache;
import io.freshet.post.Post;
import io.freshet.post.Posts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Renders each post's JSON once and keeps the bytes with the versions of post and author that they
 * show, and those it mentions, so a change of any is seen by the next read. Thread-safe.
 */
public final class PostRenderer {
  /** The share of the heap that rendered posts may take. */
  private static final double HEAP_SHARE = 0.06;

  private static final int OVERHEAD = 100;

  private record Rendered(FeedItem item, int authorVersion, List<Long> mentioned) {}

  private final Accounts accounts;
  private final Posts posts;
  private final MediaAddresses addresses;
  private final Cache<Long, Rendered> rendered =
      Caffeine.newBuilder()
          .maximumWeight(NearCache.share(HEAP_SHARE))
          .weigher((Long id, Rendered kept) -> OVERHEAD + kept.item().json().length)
          .build();

  public PostRenderer(Accounts accounts, Posts posts) {
    this(accounts, posts, MediaAddresses.ours());
  }

  /**
   * @param addresses where the files of media are fetched
   */
  public PostRenderer(Accounts accounts, Posts posts, MediaAddresses addresses) {
    this.addresses = addresses;
    this.accounts = accounts;
    this.posts = posts;
  }

  /**
   * The posts as readers get them, in the same order, for whoever has caught up to read them. What
   * has nobody who wrote it, and a share of what is gone, is left out.
   */
  public List<FeedItem> render(List<Post> shown) {
    Map<Long, Post> originals = originals(shown);
    Set<Long> named = new HashSet<>();
    shown.forEach(post -> addNamed(post, named));
    originals.values().forEach(post -> addNamed(post, named));
    Map<Long, Account> accountsById = accounts.hydrate(named);
    List<FeedItem> items = new ArrayList<>(shown.size());
    for (Post post : shown) {
      item(post, originals, accountsById).ifPresent(items::add);
    }
    return items;
  }

  private static void addNamed(Post post, Set<Long> named) {
    named.add(post.author().value());
    named.addAll(post.entities().mentioned());
  }

  private Map<Long, Post> originals(List<Post> shown) {
    Set<Long> ids = new HashSet<>();
    shown.forEach(post -> post.original().ifPresent(id -> ids.add(id.value())));
    return ids.isEmpty() ? Map.of() : posts.findAll(ids);
  }

  private Optional<FeedItem> item(
      Post post, Map<Long, Post> originals, Map<Long, Account> accountsById) {
    Account author = accountsById.get(post.author().value());
    if (author == null) {
      return Optional.empty();
    }
    if (post.original().isEmpty()) {
      return Optional.of(render(post, author, accountsById));
    }
    return Optional.ofNullable(originals.get(post.original().get().value()))
        .flatMap(original -> item(original, Map.of(), accountsById))
        .map(original -> share(post, author, original));
  }

  /** One post, also for somebody who has just written it and read nothing yet. */
  public Optional<FeedItem> render(Post post) {
    // Looking for one account catches up.
    return accounts.find(post.author()).isEmpty()
        ? Optional.empty()
        : render(List.of(post)).stream().findFirst();
  }

  private FeedItem share(Post post, Account author, FeedItem original) {
    FeedItem share = render(post.showing(original.version()), author, Map.of());
    return new FeedItem(
        share.id(), share.author(), share.version(), share.json(), false, Optional.of(original));
  }

  private FeedItem render(Post post, Account author, Map<Long, Account> people) {
    List<Long> mentioned = post.entities().mentioned();
    if (!mentioned.isEmpty()) {
      mentioned = mentioned.stream().filter(people::containsKey).toList();
    }
    Rendered kept = rendered.getIfPresent(post.id().value());
    if (kept != null
        && kept.item().version() == post.version()
        && kept.authorVersion() == author.version()
        && kept.mentioned().equals(mentioned)) {
      return kept.item();
    }
    byte[] json = json(post, author, mentioned.stream().map(people::get).toList());
    FeedItem item =
        new FeedItem(
            post.id(), post.author(), post.version(), json, post.isQuestion(), Optional.empty());
    rendered.put(post.id().value(), new Rendered(item, author.version(), mentioned));
    return item;
  }

  private List<Shown> shown(Post post) {
    return post.media().stream().map(medium -> medium.shown(addresses)).toList();
  }

  private byte[] json(Post post, Account author, List<Account> mentioned) {
    ObjectNode json = Json.MAPPER.createObjectNode();
    json.put("id", post.id().toString());
    json.putObject("author")
        .put("id", author.id().toString())
        .put("handle", author.handle())
        .put("name", author.name());
    if (!post.isShare()) {
      json.put("text", post.text());
    }
    json.put("createdAt", post.createdAt().toString());
    post.editedAt().ifPresent(at -> json.put("editedAt", at.toString()));
    json.put("version", post.version());
    if (post.isQuestion()) {
      json.put("isQuestion", true);
    }
    if (!post.isShare()) {
      json.set("attachments", Json.MAPPER.valueToTree(shown(post)));
      ArrayNode mentions = json.putArray("mentions");
      for (Account person : mentioned) {
        mentions.addObject().put("id", person.id().toString()).put("handle", person.handle());
      }
      ArrayNode tags = json.putArray("tags");
      post.entities().tags().forEach(tags::add);
    }
    return Json.bytes(json);
  }
}
