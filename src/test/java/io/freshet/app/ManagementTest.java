package io.freshet.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.platform.DatabaseAddress;
import io.freshet.platform.Json;
import io.freshet.platform.OperatorException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class ManagementTest {
  private final Management management =
      Management.start(
          Map.of(
              "echo", (arguments, progress) -> arguments,
              "count",
                  (arguments, progress) -> {
                    progress.at("steps", 1, 2);
                    progress.at("steps", 2, 2);
                    return Json.MAPPER.createObjectNode();
                  },
              "refuse",
                  (arguments, progress) -> {
                    throw new OperatorException("Not today.");
                  },
              "break",
                  (arguments, progress) -> {
                    throw new IllegalStateException("broken");
                  }));

  @AfterEach
  void close() {
    management.close();
  }

  @Test
  void answersTheResult() {
    ObjectNode arguments = Json.MAPPER.createObjectNode().put("word", "hello");
    assertThat(client(management.secret()).call("echo", arguments, Progress.SILENT))
        .isEqualTo(arguments);
  }

  @Test
  void tellsHowFarItHasCome() {
    List<String> steps = new ArrayList<>();
    client(management.secret())
        .call(
            "count",
            Json.MAPPER.createObjectNode(),
            (what, done, total) -> steps.add(what + " " + done + "/" + total));
    assertThat(steps).containsExactly("steps 1/2", "steps 2/2");
  }

  @Test
  void passesOnWhyAnOperationFailed() {
    assertThatThrownBy(() -> call("refuse"))
        .isInstanceOf(OperatorException.class)
        .hasMessage("Not today.");
    assertThatThrownBy(() -> call("break"))
        .isInstanceOf(OperatorException.class)
        .hasMessageContaining("broken");
    assertThatThrownBy(() -> call("dance"))
        .isInstanceOf(OperatorException.class)
        .hasMessageContaining("knows no operation \"dance\"");
  }

  @Test
  void letsNobodyInWithoutTheSecret() {
    assertThatThrownBy(
            () -> client("wrong").call("echo", Json.MAPPER.createObjectNode(), Progress.SILENT))
        .isInstanceOf(OperatorException.class)
        .hasMessageContaining("status 401");
  }

  @Test
  void saysThatTheServerIsGone() {
    ManagementClient client = client(management.secret());
    management.close();
    assertThatThrownBy(() -> client.call("echo", Json.MAPPER.createObjectNode(), Progress.SILENT))
        .isInstanceOf(OperatorException.class)
        .hasMessageContaining("stopped answering");
  }

  private void call(String operation) {
    client(management.secret()).call(operation, Json.MAPPER.createObjectNode(), Progress.SILENT);
  }

  private ManagementClient client(String secret) {
    return new ManagementClient(
        new RunFile(
            1, 0, management.port(), secret, DatabaseAddress.parse("jdbc:postgresql:unused")));
  }
}
