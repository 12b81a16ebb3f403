package io.freshet.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.account.AccountId;
import io.freshet.account.Client;
import io.freshet.account.Profile;
import io.freshet.account.Registration;
import io.freshet.account.Session;
import io.freshet.feed.FeedChannels;
import io.freshet.live.ChannelName;
import io.freshet.platform.Database;
import io.freshet.platform.FreshetConfig;
import io.freshet.testkit.TestDatabase;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who may stay connected, and who may hear of a post. */
class LiveReadersTest {
  private final Database database = TestDatabase.open();
  private final Core core =
      new Core(
          FreshetConfig.load(Map.of("FRESHET_HOME", "target/live-readers-test"), Map.of()),
          database,
          Optional.empty(),
          InstantSource.system());
  private final LiveReaders readers =
      new LiveReaders(
          core, new FeedChannels(core.viewers, core.celebrities, core.invalidations, core.clock));
  private final AccountId ada = person("Ada");
  private final AccountId bob = person("Bob");

  private AccountId person(String name) {
    Profile profile = new Profile(name, "", Optional.empty(), "", "");
    return core.accounts
        .register(new Registration(Optional.empty(), "a long enough password", profile))
        .id();
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void letThoseStayWhoseSessionGoesOn() {
    Session session =
        core.sessions.open(ada, Session.Kind.COOKIE, Client.of("", "")).orElseThrow().session();
    String user = ada.toString();
    String login = session.id().toString();
    assertThat(readers.mayStay(user, login)).isTrue();
    assertThat(readers.mayStay(bob.toString(), login)).isFalse();
    assertThat(readers.mayStay(user, "nonsense")).isFalse();
    core.sessions.end(ada, session.id());
    assertThat(readers.mayStay(user, login)).isFalse();
  }

  @Test
  void letAnAccountStayUntilItIsRemovedAndNamesOfOthersAlways() {
    assertThat(readers.mayStay(ada.toString(), "")).isTrue();
    core.sessions.removeAccount(ada);
    assertThat(readers.mayStay(ada.toString(), "")).isFalse();
    assertThat(readers.mayStay("", "")).isTrue();
    assertThat(readers.mayStay("a name of somebody else's", "")).isTrue();
  }

  @Test
  void letNobodyHearOfAPostWhoseAuthorRestrictsThem() {
    String id = core.posts.publish(ada, "hello", Optional.empty()).post().id().toString();
    ChannelName post = ChannelName.of("post:" + id);
    assertThat(readers.mayHear(bob.toString(), post)).isTrue();
    core.restrictions().restrict(ada, bob, Optional.empty());
    assertThat(readers.mayHear(bob.toString(), post)).isFalse();
    assertThat(readers.mayHear(ada.toString(), post)).isTrue();
    assertThat(readers.mayHear("", post)).isTrue();
    assertThat(readers.mayHear(bob.toString(), ChannelName.of("question:" + id))).isFalse();
    core.restrictions().unrestrict(ada, bob);
    assertThat(readers.mayHear(bob.toString(), post)).isTrue();
  }
}
