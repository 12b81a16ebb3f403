package io.freshet.cli;

import io.freshet.platform.Json;
import java.io.PrintWriter;
import java.util.Map;
import java.util.function.BiConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What commands that ask a Freshet have in common: {@code --json}, and how they ask. */
@Command
final class OperationOptions {
  @Option(names = "--json", description = "Print the result as one line of JSON.")
  private boolean json;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  /** Runs the operation with a progress bar and prints what came out, as JSON or in words. */
  JsonNode run(
      Freshet freshet,
      String operation,
      ObjectNode arguments,
      BiConsumer<JsonNode, PrintWriter> words) {
    PrintWriter err = spec.commandLine().getErr();
    JsonNode result;
    try (Session session = Session.open(freshet.config(Map.of()), err);
        ConsoleProgress progress = ConsoleProgress.on(err)) {
      result = session.call(operation, arguments, progress);
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.MAPPER.writeValueAsString(result));
    } else {
      words.accept(result, out);
    }
    out.flush();
    return result;
  }

  static ObjectNode arguments() {
    return Json.MAPPER.createObjectNode();
  }
}
