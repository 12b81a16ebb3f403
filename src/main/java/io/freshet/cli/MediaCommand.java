package io.freshet.cli;

import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;
import tools.jackson.databind.JsonNode;

/** {@code freshet media verify} and {@code freshet media clean}. */
@Command(
    name = "media",
    description = "Compare and clean up the files of pictures and videos.",
    mixinStandardHelpOptions = true)
final class MediaCommand {
  @ParentCommand private Freshet freshet = new Freshet(Map.of());

  @Command(
      name = "verify",
      description = {
        "Compare the files with the database, both ways, and change nothing.",
        "Missing: a file that a picture or video should have. Stray: one that belongs to none."
      },
      mixinStandardHelpOptions = true,
      footer = {"", "Example: freshet media verify --json"})
  int verify(@Mixin OperationOptions options) {
    JsonNode result =
        options.run(freshet, "media.verify", OperationOptions.arguments(), MediaCommand::print);
    boolean same = result.path("missing").asLong() == 0 && result.path("stray").asLong() == 0;
    return same ? 0 : Freshet.DIFFERENT;
  }

  @Command(
      name = "clean",
      description = {
        "Delete what is attached to no post for longer than media.keepHours, what was part of deleted",
        "posts, and stray files. The scheduler does the first two by itself every ten minutes."
      },
      mixinStandardHelpOptions = true,
      footer = {"", "Example: freshet media clean"})
  int clean(@Mixin OperationOptions options) {
    JsonNode result =
        options.run(
            freshet,
            "media.clean",
            OperationOptions.arguments(),
            (json, out) -> {
              out.printf("%,d pictures and videos removed.%n", json.path("removed").asLong());
              print(json, out);
            });
    return result.path("missing").asLong() == 0 ? 0 : Freshet.DIFFERENT;
  }

  private static void print(JsonNode result, PrintWriter out) {
    out.printf(
        "%,d pictures and videos, %,d files: %,d missing, %,d stray.%n",
        result.path("media").asLong(),
        result.path("files").asLong(),
        result.path("missing").asLong(),
        result.path("stray").asLong());
    result.path("examples").forEach(example -> out.println("  " + example.asString()));
  }
}
