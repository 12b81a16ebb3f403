package io.freshet.live;

import com.google.protobuf.ByteString;
import io.freshet.live.protocol.ClientInfo;
import io.freshet.live.protocol.Publication;
import java.util.Map;

/**
 * What is to be published.
 *
 * @param publication without offset and time
 * @param key an idempotency key for its channel, remembered for {@link Streams#KEY_AGE}; empty for
 *     none
 * @param isKept whether it goes into the history, where there is one
 */
public record Draft(Publication publication, String key, boolean isKept) {

  /**
   * @param data JSON, or anything that only Protobuf clients read
   */
  public static Draft of(ByteString data) {
    return new Draft(Publication.newBuilder().setData(data).build(), "", true);
  }

  Draft by(ClientInfo info) {
    return new Draft(publication.toBuilder().setInfo(info).build(), key, isKept);
  }

  public Draft withTags(Map<String, String> tags) {
    return new Draft(publication.toBuilder().putAllTags(tags).build(), key, isKept);
  }

  public Draft withKey(String once) {
    return new Draft(publication, once, isKept);
  }

  public Draft outsideHistory() {
    return new Draft(publication, key, false);
  }
}
