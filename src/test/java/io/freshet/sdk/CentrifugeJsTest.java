package io.freshet.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.platform.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * What a page does with a live connection: centrifuge-js by WebSocket, SSE and HTTP streaming, in
 * JSON and Protobuf. The stories are those of {@code src/test/js/live.test.mjs}, run by node.
 */
class CentrifugeJsTest {
  /** How our reporter begins the line of a test that has ended. */
  private static final String RESULT = "RESULT ";

  /** There are five ways; fewer stories than this mean that the file was not read to its end. */
  private static final int LEAST = 5 * 15;

  private record Result(String name, String failure) {
    static Result of(JsonNode line) {
      return new Result(line.path("name").asString(), line.path("failure").asString());
    }

    DynamicTest test() {
      return DynamicTest.dynamicTest(name, () -> assertThat(failure).as(name).isEmpty());
    }
  }

  @TestFactory
  Stream<DynamicTest> tellsTheStoriesOfAPage(@TempDir Path home) {
    List<Result> results = new ArrayList<>();
    List<String> said = new ArrayList<>();
    NodePackage node = NodePackage.ready();
    try (LiveServer server = LiveServer.start(home)) {
      Map<String, String> environment =
          Map.of(
              "FRESHET_PORT", Integer.toString(server.port()),
              "FRESHET_API_KEY", LiveServer.API_KEY,
              "FRESHET_TOKEN_SECRET", LiveServer.TOKEN_SECRET);
      node.test(
          "live.test.mjs",
          environment,
          line -> {
            if (line.startsWith(RESULT)) {
              results.add(Result.of(Json.MAPPER.readTree(line.substring(RESULT.length()))));
            } else {
              said.add(line);
            }
          });
    }
    assertThat(results).as(() -> String.join("\n", said)).hasSizeGreaterThanOrEqualTo(LEAST);
    return results.stream().map(Result::test);
  }
}
