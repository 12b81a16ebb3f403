package io.freshet.feed;

import io.freshet.account.AccountId;
import io.freshet.live.ChannelName;
import io.freshet.live.Namespaces;
import io.freshet.post.PostId;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;

/**
 * Which of the channels that are open to everybody there are: those of a post and a question, which
 * is a post too, that this user may read, and whatever an operator has named. Thread-safe.
 *
 * @param posts whether there is a post and the viewer may read it
 */
public record OpenChannels(BiPredicate<Optional<AccountId>, PostId> posts) {
  private static final Pattern ID = Pattern.compile("[1-9][0-9]{0,17}");

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
    return posts.test(number(user).map(AccountId::new), new PostId(post));
  }

  private static Optional<Long> id(ChannelName channel) {
    return number(channel.text().substring(channel.text().indexOf(':') + 1));
  }

  private static Optional<Long> number(String text) {
    return ID.matcher(text).matches() ? Optional.of(Long.parseLong(text)) : Optional.empty();
  }
}
