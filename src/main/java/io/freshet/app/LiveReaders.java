package io.freshet.app;

import io.freshet.account.Access;
import io.freshet.account.AccountId;
import io.freshet.account.SessionId;
import io.freshet.feed.FeedChannels;
import io.freshet.feed.OpenChannels;
import io.freshet.live.ChannelName;
import io.freshet.live.Readers;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** What accounts, sessions and restrictions say of those who connect. Thread-safe. */
final class LiveReaders implements Readers {
  /**
   * Clients looked up at once. The database refuses whom it cannot serve soon, and a crowd that
   * comes back all at once is to wait instead.
   */
  private static final int LOOKUPS = 8;

  private final Core core;
  private final FeedChannels channels;
  private final OpenChannels open;
  private final Semaphore lookups = new Semaphore(LOOKUPS);

  LiveReaders(Core core, FeedChannels channels) {
    this.core = core;
    this.channels = channels;
    this.open = new OpenChannels((viewer, post) -> core.feeds.post(viewer, post).isPresent());
  }

  @Override
  public List<String> channels(String user) {
    return inTurn(() -> channels.of(user));
  }

  /**
   * A token without a session is another server's, for users that need not be accounts of ours; all
   * we know of them is who has been removed.
   */
  @Override
  public boolean mayStay(String user, String login) {
    OptionalLong account = number(user);
    if (account.isEmpty()) {
      return true;
    }
    AccountId id = new AccountId(account.getAsLong());
    if (login.isEmpty()) {
      return inTurn(() -> !core.accounts.isRemoved(id));
    }
    Optional<SessionId> session = Optional.of(new SessionId(number(login).orElse(0)));
    return inTurn(() -> core.sessions.stands(new Access(id, session)));
  }

  @Override
  public boolean mayHear(String user, ChannelName channel) {
    return inTurn(() -> open.mayHear(user, channel));
  }

  private <T> T inTurn(Supplier<T> lookup) {
    lookups.acquireUninterruptibly();
    try {
      return lookup.get();
    } finally {
      lookups.release();
    }
  }

  private static OptionalLong number(String text) {
    try {
      return OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}
