package io.freshet.app;

import io.freshet.account.Access;
import io.freshet.account.AccountId;
import io.freshet.account.SessionId;
import io.freshet.feed.FeedChannels;
import io.freshet.live.ChannelName;
import io.freshet.live.Namespaces;
import io.freshet.live.Readers;
import io.freshet.post.PostId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;

/** What accounts, sessions and restrictions say of those who connect. Thread-safe. */
final class LiveReaders implements Readers {
  /**
   * Clients looked up at once. The database refuses whom it cannot serve soon, and a crowd that
   * comes back all at once is to wait instead.
   */
  private static final int LOOKUPS = 8;

  private final Core core;
  private final FeedChannels channels;
  private final Semaphore lookups = new Semaphore(LOOKUPS);

  LiveReaders(Core core, FeedChannels channels) {
    this.core = core;
    this.channels = channels;
  }

  @Override
  public List<String> channels(String user) {
    lookups.acquireUninterruptibly();
    try {
      return channels.of(user);
    } finally {
      lookups.release();
    }
  }

  /** Names that are no accounts are those of other servers' users: we know nothing of them. */
  @Override
  public boolean mayStay(String user, String login) {
    OptionalLong account = number(user);
    if (account.isEmpty()) {
      return true;
    }
    Optional<SessionId> session =
        login.isEmpty() ? Optional.empty() : Optional.of(new SessionId(number(login).orElse(0)));
    lookups.acquireUninterruptibly();
    try {
      return core.sessions.stands(new Access(new AccountId(account.getAsLong()), session));
    } finally {
      lookups.release();
    }
  }

  /** Who is restricted by a post's author hears nothing of the post. */
  @Override
  public boolean mayHear(String user, ChannelName channel) {
    OptionalLong account = number(user);
    if (account.isEmpty() || !channel.namespace().equals(Namespaces.POST)) {
      return true;
    }
    OptionalLong post = number(channel.text().substring(channel.text().indexOf(':') + 1));
    if (post.isEmpty()) {
      return true;
    }
    core.invalidations.catchUp();
    return core.posts
        .find(new PostId(post.getAsLong()))
        .map(found -> !core.viewers.get(account.getAsLong()).isRestrictedBy(found.author().value()))
        .orElse(true);
  }

  private static OptionalLong number(String text) {
    try {
      return OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}
