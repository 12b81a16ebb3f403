package io.freshet.cli;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code freshet counters verify}. */
@Command(
    name = "counters",
    description = "Verify the counters of posts, questions, answers and accounts.",
    mixinStandardHelpOptions = true)
final class CountersCommand {
  @ParentCommand private Freshet freshet = new Freshet(Map.of());

  @Command(
      name = "verify",
      description = {
        "Compare likes, comments, shares, scores, answers, followers and followees with the rows they count.",
        "A difference counts only if it is still there when no event waits."
      },
      mixinStandardHelpOptions = true,
      footer = {
        "",
        "Examples: freshet counters verify --json",
        "          freshet counters verify --repair"
      })
  int verify(
      @Option(names = "--repair", description = "Count anew where they differ.") boolean repair,
      @Mixin OperationOptions options) {
    return options
                .run(
                    freshet,
                    "counters.verify",
                    OperationOptions.arguments().put("repair", repair),
                    (result, out) -> {
                      out.printf(
                          "%,d posts, %,d questions, %,d answers and %,d accounts compared in %.1f s: %,d differences, %,d repaired.%n",
                          result.path("posts").asLong(),
                          result.path("questions").asLong(),
                          result.path("answers").asLong(),
                          result.path("accounts").asLong(),
                          result.path("seconds").asDouble(),
                          result.path("differences").asLong(),
                          result.path("repaired").asLong());
                      result
                          .path("examples")
                          .properties()
                          .forEach(entry ->
                              out.println(
                                  "  " + entry.getKey() + ": " + entry.getValue().asString()));
                    })
                .path("differences")
                .asLong()
            == 0
        ? 0
        : Freshet.DIFFERENT;
  }
}
