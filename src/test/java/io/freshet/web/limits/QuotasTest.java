package io.freshet.web.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.testkit.MovableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class QuotasTest {
  private static final Who ADA = Who.account(1);

  private final MovableClock clock = new MovableClock();
  private final FakeShared shared = new FakeShared();

  /** What all nodes used, in buckets of one period. */
  private final class FakeShared implements SharedUses {
    private final Map<String, Long> fullAt = new HashMap<>();
    private boolean isAway;
    private int calls;

    @Override
    public CompletionStage<List<Long>> add(List<Use> uses) {
      calls++;
      if (isAway) {
        return CompletableFuture.failedStage(new IllegalStateException("away"));
      }
      List<Long> left = new ArrayList<>();
      for (Use use : uses) {
        long now = clock.millis();
        long each = use.rate().per().toMillis() / use.rate().most();
        long full = Math.max(now, fullAt.getOrDefault(use.key(), 0L)) + use.uses() * each;
        fullAt.put(use.key(), full);
        left.add(use.rate().most() - (full - now) / each);
      }
      return CompletableFuture.completedStage(left);
    }

    @Override
    public int shardOf(String key) {
      return key.hashCode() & 1;
    }
  }

  private Quotas node() {
    return new Quotas(
        TestLimits.settings(Map.of("signedIn", "10/100s", "anonymous", "10/100s")),
        clock,
        Optional.of(shared));
  }

  private static int taken(Quotas quotas, Who who, int tries) {
    int taken = 0;
    for (int i = 0; i < tries; i++) {
      if (quotas.take(Limit.SIGNED_IN, who).isConsumed()) {
        taken++;
      }
    }
    return taken;
  }

  @Test
  void letsThroughSoManyAtOnceAndThenAsManyAsArePermittedOverTime() {
    Quotas quotas = node();
    assertThat(taken(quotas, ADA, 20)).isEqualTo(10);
    clock.advance(Duration.ofSeconds(9));
    assertThat(taken(quotas, ADA, 20)).isZero();
    clock.advance(Duration.ofSeconds(1));
    assertThat(taken(quotas, ADA, 20)).isEqualTo(1);
    clock.advance(Duration.ofHours(1));
    assertThat(taken(quotas, ADA, 20)).isEqualTo(10);
  }

  @Test
  void saysHowLongToWait() {
    Quotas quotas = node();
    taken(quotas, ADA, 10);
    assertThat(quotas.take(Limit.SIGNED_IN, ADA).getNanosToWaitForRefill())
        .isEqualTo(Duration.ofSeconds(10).toNanos());
  }

  @Test
  void countsEachCallerAndEachLimitApart() {
    Quotas quotas = node();
    taken(quotas, ADA, 20);
    assertThat(taken(quotas, Who.account(2), 20)).isEqualTo(10);
    assertThat(quotas.take(Limit.ANONYMOUS, ADA).isConsumed()).isTrue();
  }

  @Test
  void sharesALimitAmongNodes() {
    Quotas one = node();
    Quotas other = node();
    assertThat(taken(one, ADA, 6)).isEqualTo(6);
    assertThat(taken(other, ADA, 1)).isEqualTo(1);
    one.exchange();
    other.exchange();
    assertThat(taken(other, ADA, 20)).as("10 less 6 and 1").isEqualTo(3);
    other.exchange();
    taken(one, ADA, 1);
    one.exchange();
    assertThat(taken(one, ADA, 20)).isZero();
  }

  @Test
  void paysOffWhatNodesLetThroughTogetherBeforeTheyKnew() {
    Quotas one = node();
    Quotas other = node();
    assertThat(taken(one, ADA, 20) + taken(other, ADA, 20)).as("at worst").isEqualTo(20);
    one.exchange();
    other.exchange();
    clock.advance(Duration.ofSeconds(100));
    assertThat(taken(other, ADA, 20)).as("the debt of 10 is paid").isZero();
    clock.advance(Duration.ofSeconds(30));
    assertThat(taken(other, ADA, 20)).isEqualTo(3);
  }

  @Test
  void limitsByItselfWhileTheOthersCannotBeReached() {
    shared.isAway = true;
    Quotas quotas = node();
    assertThat(taken(quotas, ADA, 20)).isEqualTo(10);
    quotas.exchange();
    clock.advance(Duration.ofSeconds(100));
    shared.isAway = false;
    assertThat(taken(quotas, ADA, 1)).isEqualTo(1);
    quotas.exchange();
    assertThat(taken(quotas, ADA, 20)).as("what is past does not count now").isEqualTo(9);
  }

  @Test
  void asksTheOthersOnceForManyRequests() {
    Quotas quotas = node();
    for (int account = 0; account < 300; account++) {
      taken(quotas, Who.account(account), 5);
    }
    quotas.exchange();
    assertThat(shared.calls).as("one for each shard, or two").isBetween(2, 4);
    quotas.exchange();
    assertThat(shared.calls).as("nothing new").isBetween(2, 4);
  }

  @Test
  void keepsNoMoreQuotasThanItMayHoweverManyCome() {
    Quotas quotas = new Quotas(TestLimits.settings(Map.of()), clock, Optional.empty());
    for (int address = 0; address < 3 * Quotas.MAX_QUOTAS; address++) {
      quotas.take(Limit.SIGN_UP, new Who('4', address));
    }
    assertThat(quotas.size()).isLessThanOrEqualTo(Quotas.MAX_QUOTAS);
  }
}
