package io.freshet.live;

import java.util.List;

/**
 * A channel's name and what it says: {@code [$]namespace:name[#user[,user]]}, in ASCII, at most 255
 * characters.
 *
 * @param namespace empty for a name without one
 * @param users who alone may subscribe; empty for a name without {@code #}
 * @param needsToken whether it begins with {@code $}, so that only a subscription token opens it
 */
public record ChannelName(String text, String namespace, List<String> users, boolean needsToken) {
  private static final int MAX_LENGTH = 255;

  /** Of what changes in this account's feed. */
  public static String personal(long account) {
    return Namespaces.PERSONAL + ":#" + account;
  }

  /** Of the posts of an author whose posts are pulled. */
  public static String author(long account) {
    return Namespaces.AUTHOR + ":" + account;
  }

  /** Of one post. */
  public static String post(long post) {
    return Namespaces.POST + ":" + post;
  }

  /** Of one question and its answers. */
  public static String question(long question) {
    return Namespaces.QUESTION + ":" + question;
  }

  /** Refuses a name that cannot be one as a bad request. */
  public static ChannelName of(String text) {
    if (text.isEmpty() || text.length() > MAX_LENGTH || !isAscii(text)) {
      throw LiveError.BAD_REQUEST.thrown();
    }
    boolean needsToken = text.charAt(0) == '$';
    int colon = text.indexOf(':');
    int hash = text.lastIndexOf('#');
    return new ChannelName(
        text,
        colon < 0 ? "" : text.substring(needsToken ? 1 : 0, colon),
        hash < 0 ? List.of() : List.of(text.substring(hash + 1).split(",")),
        needsToken);
  }

  public boolean isLimitedToUsers() {
    return !users.isEmpty();
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c > ' ' && c < 127);
  }
}
