package io.freshet.app;

import io.freshet.media.MediaSweep;
import io.freshet.platform.Json;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What an operator can ask about the files of pictures and videos. */
final class MediaOperations {
  private final MediaSweep sweep;

  MediaOperations(MediaSweep sweep) {
    this.sweep = sweep;
  }

  Map<String, Operation> byName() {
    return Map.of(
        "media.verify", (arguments, progress) -> verify(false, progress),
        "media.clean", (arguments, progress) -> clean(progress));
  }

  private ObjectNode verify(boolean deleteStray, Progress progress) {
    MediaSweep.Report report =
        sweep.verify(deleteStray, media -> progress.at("media compared", media, 0));
    ObjectNode json =
        Json.MAPPER
            .createObjectNode()
            .put("media", report.media())
            .put("files", report.files())
            .put("missing", report.missing())
            .put("stray", report.stray());
    ArrayNode examples = json.putArray("examples");
    report.examples().forEach(examples::add);
    return json;
  }

  private JsonNode clean(Progress progress) {
    long removed = sweep.run();
    return verify(true, progress).put("removed", removed);
  }
}
