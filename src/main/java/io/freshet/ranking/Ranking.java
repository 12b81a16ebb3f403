package io.freshet.ranking;

import java.time.Instant;

/** What was computed at one moment. */
sealed interface Ranking permits PopularTags, BestMembers {
  Instant computedAt();
}
