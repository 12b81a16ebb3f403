package io.freshet.security;

import io.freshet.testkit.FuzzTarget;
import java.util.List;

/** Every reader of what strangers send that Jazzer looks at; a new one is named here. */
final class FuzzTargets {
  static final List<String> NAMES =
      List.of(
          "io.freshet.web.CursorTarget",
          "io.freshet.web.BodyTarget",
          "io.freshet.account.TokenTarget",
          "io.freshet.live.LiveTokenTarget",
          "io.freshet.live.FrameTarget",
          "io.freshet.live.FossilTarget",
          "io.freshet.web.live.WebSocketTarget",
          "io.freshet.web.live.OriginTarget",
          "io.freshet.web.MultipartTarget",
          "io.freshet.media.image.PictureTarget",
          "io.freshet.media.video.VideoTarget",
          "io.freshet.post.TextEntitiesTarget",
          "io.freshet.question.SafeHtmlTarget",
          "io.freshet.mail.MailTokenTarget",
          "io.freshet.app.csv.CsvTarget",
          "io.freshet.app.exchange.DumpTarget");

  private FuzzTargets() {}

  static FuzzTarget named(String name) {
    return FuzzTarget.named(name);
  }

  static String simple(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
