package io.freshet.question;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.freshet.platform.NearCache;

/**
 * Renders each body once and keeps it by the version that it shows, so that a page of thirty
 * answers is not parsed anew for each reader. Thread-safe.
 */
public final class BodyRenderer {
  /** The share of the heap that rendered bodies may take. */
  private static final double HEAP_SHARE = 0.03;

  private static final int OVERHEAD = 150;

  private record Key(long item, int version) {}

  private final Cache<Key, Rendered> rendered =
      Caffeine.newBuilder()
          .maximumWeight(NearCache.share(HEAP_SHARE))
          .weigher((Key key, Rendered kept) ->
              OVERHEAD + 2 * (kept.html().length() + kept.excerpt().length()))
          .build();

  public Rendered of(Question question) {
    return rendered.get(
        new Key(question.id().value(), question.version()), _ -> Rendered.of(question.body()));
  }

  public Rendered of(Answer answer) {
    return rendered.get(
        new Key(answer.id().value(), answer.version()), _ -> Rendered.of(answer.body()));
  }
}
