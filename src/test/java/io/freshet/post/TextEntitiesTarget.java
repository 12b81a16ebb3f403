package io.freshet.post;

import io.freshet.testkit.FuzzTarget;
import io.freshet.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Mentions and hashtags: in any text no more than there may be, each in its one form. */
final class TextEntitiesTarget implements FuzzTarget {
  @Override
  public void take(byte[] input) {
    TextEntities found = TextEntities.of(new String(input, StandardCharsets.UTF_8));
    if (found.handles().size() > TextEntities.MOST || found.tags().size() > TextEntities.MOST) {
      throw new IllegalStateException("too many: " + found);
    }
    for (String tag : found.tags()) {
      if (!TextEntities.tag(tag).filter(tag::equals).isPresent()) {
        throw new IllegalStateException("another form: " + tag);
      }
    }
  }

  @Override
  public List<byte[]> seeds() {
    return Seeds.of(
        "@ada and @Grace_H, about #Rivers and #r\u00edos #\u6771\u4eac",
        "a@b.c http://x/#y#z ##a @@b #1 #1a #_",
        "#\u0130\u0131 #e\u0301t\u00e9 #\u00df #\u03a3\u03c2");
  }
}
