package io.freshet.ranking;

import java.time.Instant;
import java.util.List;

/**
 * The tags with most questions asked in the last three calendar months, at most {@link
 * Rankings#SHOWN}, the most popular first and equals by name.
 */
public record PopularTags(Instant computedAt, List<Tag> tags) implements Ranking {

  /**
   * @param questions that bear it, asked within the time and not deleted
   */
  public record Tag(String name, long questions) {}
}
