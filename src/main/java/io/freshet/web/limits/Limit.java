package io.freshet.web.limits;

import io.freshet.platform.LimitSettings;
import io.freshet.platform.Rate;

/** What is limited, each of it for one account, one address or one name at a time. */
enum Limit {
  SIGNED_IN("signed-in"),
  ANONYMOUS("anonymous"),
  SIGN_UP("sign-up"),
  SIGN_IN("sign-in"),
  SIGN_IN_NAME("sign-in-name"),
  POST("posts"),
  COMMENT("comments"),
  MAIL("mail"),
  UPLOAD("uploads"),
  DOWNLOAD("downloads"),
  LIVE("live");

  private final String policy;

  Limit(String policy) {
    this.policy = policy;
  }

  /** Its name in headers and in Redis. */
  String policy() {
    return policy;
  }

  Rate rate(LimitSettings settings) {
    return switch (this) {
      case SIGNED_IN -> settings.signedIn();
      case ANONYMOUS -> settings.anonymous();
      case SIGN_UP -> settings.signUps();
      case SIGN_IN, SIGN_IN_NAME -> settings.signIns();
      case POST -> settings.posts();
      case COMMENT -> settings.comments();
      case MAIL -> settings.mail();
      case UPLOAD -> settings.uploads();
      case DOWNLOAD -> settings.downloads();
      case LIVE -> settings.live();
    };
  }

  /** Whether it is the address that is limited, even of those who have an account. */
  boolean isOfAddress() {
    return switch (this) {
      case SIGN_UP, SIGN_IN, DOWNLOAD, LIVE -> true;
      default -> false;
    };
  }

  /** Whether it stands in for the caller's general limit rather than beside it. */
  boolean isInstead() {
    return this == DOWNLOAD || this == LIVE;
  }
}
