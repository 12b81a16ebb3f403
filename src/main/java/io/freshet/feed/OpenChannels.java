package io.freshet.feed;

import io.freshet.account.AccountId;
import io.freshet.live.ChannelName;
import io.freshet.live.Namespaces;
import io.freshet.platform.Ids;
import io.freshet.post.PostId;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * Which of the channels that are open to everybody there are: those of a post and a question, which
 * is a post too, that this user may read, and whatever an operator has named. Thread-safe.
 *
 * @param posts whether there is a post and the viewer may read it
 */
public record OpenChannels(BiPredicate<Optional<AccountId>, PostId> posts) {
  /**
   * @param user an account's id, or anything else for someone without one
   */
  public boolean mayHear(String user, ChannelName channel) {
    return switch (channel.namespace()) {
      case Namespaces.POST, Namespaces.QUESTION ->
          id(channel).filter(id -> isReadable(user, id)).isPresent();
      default -> true;
    };
  }

  private boolean isReadable(String user, long post) {
    return posts.test(Ids.parse(user).map(AccountId::new), new PostId(post));
  }

  private static Optional<Long> id(ChannelName channel) {
    return Ids.parse(channel.text().substring(channel.text().indexOf(':') + 1));
  }
}
