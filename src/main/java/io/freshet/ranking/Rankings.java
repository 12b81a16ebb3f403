package io.freshet.ranking;

import io.freshet.platform.Metrics;
import java.time.Instant;
import java.time.InstantSource;
import org.jdbi.v3.core.Jdbi;

/**
 * Popular tags and best members. Pages are shown what the cache has; two periodic tasks renew that,
 * and where it is missing, the page that asks does. Thread-safe.
 */
public final class Rankings {
  /** Rows of a ranking that are shown: what a column beside the page has room for. */
  public static final int SHOWN = 10;

  private final PgRankings database;
  private final CachedRanking<PopularTags> tags;
  private final CachedRanking<BestMembers> members;

  public Rankings(Jdbi jdbi, RankingCache cache, InstantSource clock) {
    this.database = new PgRankings(jdbi);
    this.tags =
        new CachedRanking<>(
            "popular-tags", PopularTags.class, () -> database.tags(clock.instant()), cache, clock);
    this.members =
        new CachedRanking<>(
            "best-members",
            BestMembers.class,
            () -> database.members(clock.instant()),
            cache,
            clock);
  }

  public PopularTags popularTags() {
    return tags.get();
  }

  public BestMembers bestMembers() {
    return members.get();
  }

  /** Computed as of another moment; the cache has no part in it. */
  public PopularTags popularTagsAt(Instant moment) {
    return database.tags(moment);
  }

  /** Computed as of another moment; the cache has no part in it. */
  public BestMembers bestMembersAt(Instant moment) {
    return database.members(moment);
  }

  /** Computes them now, for all who ask from now on. */
  public void refreshTags() {
    tags.refresh();
  }

  /** Computes them now, for all who ask from now on. */
  public void refreshMembers() {
    members.refresh();
  }

  /** Forgets what is kept: after changes made past the modules, such as an import. */
  public void forget() {
    tags.forget();
    members.forget();
  }

  public void measure(Metrics metrics) {
    tags.measure(metrics);
    members.measure(metrics);
  }
}
