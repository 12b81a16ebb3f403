package io.freshet.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.account.AccountId;
import io.freshet.live.ChannelName;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OpenChannelsTest {
  private static final AccountId RESTRICTED = new AccountId(7);

  /** There is post 12, and its author restricts account 7. */
  private static boolean mayHear(String user, String channel) {
    return new OpenChannels(
            (viewer, id) -> id.value() == 12 && !viewer.equals(Optional.of(RESTRICTED)))
        .mayHear(user, ChannelName.of(channel));
  }

  @Test
  void knowsThePostsThatTheUserMayRead() {
    assertThat(mayHear("", "post:12")).isTrue();
    assertThat(mayHear("8", "post:12")).isTrue();
    assertThat(mayHear("a name of other issuers' tokens", "post:12")).isTrue();
    assertThat(mayHear("7", "post:12")).isFalse();
    assertThat(mayHear("8", "post:13")).isFalse();
    assertThat(mayHear("", "question:12")).isTrue();
    assertThat(mayHear("7", "question:12")).isFalse();
    assertThat(mayHear("8", "question:13")).isFalse();
  }

  @Test
  void knowsNoNamesThatArePutTogether() {
    for (String name :
        new String[] {
          "post:",
          "post:012",
          "post:12x",
          "post:-12",
          "post:1".repeat(9),
          "post:99999999999999999999",
          "question:x",
          "question:"
        }) {
      assertThat(mayHear("8", name)).as(name).isFalse();
    }
    assertThat(mayHear("8", "chat:lobby")).isTrue();
  }
}
