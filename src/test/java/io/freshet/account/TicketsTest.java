package io.freshet.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.testkit.MovableClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TicketsTest {
  private static final AccountId ACCOUNT = new AccountId(7);
  private static final Access ACCESS = new Access(ACCOUNT, Optional.of(new SessionId(9)));

  private final MovableClock clock = new MovableClock();
  private final Tokens tokens =
      new Tokens(
          "a secret of at least thirty-two bytes".getBytes(StandardCharsets.UTF_8),
          Duration.ofMinutes(15),
          clock);
  private final Tickets tickets = new Tickets(tokens);

  @Test
  void areGoodOnce() {
    String ticket = tickets.issue(ACCESS);
    assertThat(tickets.redeem(ticket)).contains(ACCESS);
    assertThat(tickets.redeem(ticket)).isEmpty();
    assertThat(tickets.redeem(tickets.issue(ACCESS))).contains(ACCESS);
  }

  @Test
  void areGoodForAMoment() {
    String ticket = tickets.issue(ACCESS);
    clock.advance(Tickets.VALID_FOR);
    assertThat(tickets.redeem(ticket)).isEmpty();
  }

  @Test
  void areNoTokens() {
    assertThat(tokens.verify(tickets.issue(ACCESS))).isEmpty();
    assertThat(tickets.redeem(tokens.issue(ACCOUNT))).isEmpty();
    assertThat(tickets.redeem("nonsense")).isEmpty();
  }
}
