package io.freshet.live;

import io.freshet.live.LiveTokens.Check;
import io.freshet.live.LiveTokens.Claims;
import java.util.Optional;

/**
 * Who may do what on which channel. In insecure mode everybody may do everything; a token that
 * comes along is checked all the same.
 */
final class Permissions {
  private final boolean isInsecure;
  private final LiveTokens tokens;

  Permissions(boolean isInsecure, LiveTokens tokens) {
    this.isInsecure = isInsecure;
    this.tokens = tokens;
  }

  /**
   * Refuses a subscription that this user may not have.
   *
   * @param token for this channel, or empty
   * @return what the token says, if one came along
   */
  Optional<Claims> requireSubscribe(
      String user, ChannelName channel, Namespace namespace, String token) {
    if (!token.isEmpty()) {
      return Optional.of(claims(user, channel, token));
    }
    boolean allowed =
        isInsecure
            || (!channel.needsToken()
                && (channel.isLimitedToUsers()
                    ? !user.isEmpty()
                        && channel.users().contains(user)
                        && namespace.has(Option.ALLOW_USER_LIMITED_CHANNELS)
                    : isOpen(
                        user,
                        namespace,
                        Option.ALLOW_SUBSCRIBE_FOR_CLIENT,
                        Option.ALLOW_SUBSCRIBE_FOR_ANONYMOUS)));
    require(allowed);
    return Optional.empty();
  }

  /** What a subscription token says, for this user and channel. */
  Claims claims(String user, ChannelName channel, String token) {
    return switch (tokens.check(token)) {
      case Check.Bad.EXPIRED -> throw LiveError.TOKEN_EXPIRED.thrown();
      case Check.Bad.INVALID -> throw LiveError.PERMISSION_DENIED.thrown();
      case Check.Good good -> {
        require(
            good.claims().user().equals(user) && good.claims().channel().equals(channel.text()));
        yield good.claims();
      }
    };
  }

  void requirePublish(String user, Namespace namespace, boolean isSubscriber) {
    require(
        isInsecure
            || (isSubscriber && namespace.has(Option.ALLOW_PUBLISH_FOR_SUBSCRIBER))
            || isOpen(
                user,
                namespace,
                Option.ALLOW_PUBLISH_FOR_CLIENT,
                Option.ALLOW_PUBLISH_FOR_ANONYMOUS));
  }

  void requirePresence(String user, Namespace namespace, boolean isSubscriber) {
    require(
        isInsecure
            || (isSubscriber && namespace.has(Option.ALLOW_PRESENCE_FOR_SUBSCRIBER))
            || isOpen(
                user,
                namespace,
                Option.ALLOW_PRESENCE_FOR_CLIENT,
                Option.ALLOW_PRESENCE_FOR_ANONYMOUS));
  }

  void requireHistory(String user, Namespace namespace, boolean isSubscriber) {
    require(
        isInsecure
            || (isSubscriber && namespace.has(Option.ALLOW_HISTORY_FOR_SUBSCRIBER))
            || isOpen(
                user,
                namespace,
                Option.ALLOW_HISTORY_FOR_CLIENT,
                Option.ALLOW_HISTORY_FOR_ANONYMOUS));
  }

  /** People with a name need the one permission, those without need the other too. */
  private static boolean isOpen(
      String user, Namespace namespace, Option forClient, Option forAnonymous) {
    return namespace.has(forClient) && (!user.isEmpty() || namespace.has(forAnonymous));
  }

  private static void require(boolean allowed) {
    if (!allowed) {
      throw LiveError.PERMISSION_DENIED.thrown();
    }
  }
}
