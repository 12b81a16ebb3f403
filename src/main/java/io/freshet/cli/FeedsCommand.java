package io.freshet.cli;

import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import tools.jackson.databind.node.ObjectNode;

/** {@code freshet feeds rebuild} and {@code freshet feeds verify}. */
@Command(
    name = "feeds",
    description = "Rebuild and verify the cached feeds.",
    mixinStandardHelpOptions = true)
final class FeedsCommand {
  @ParentCommand private Freshet freshet = new Freshet(Map.of());

  /** Whose feeds. */
  static final class Whose {
    @Option(names = "--all", required = true, description = "Everybody's feed.")
    private boolean all;

    @Parameters(
        arity = "0..1",
        paramLabel = "ACCOUNT",
        description = "One account, by handle or id.")
    private Optional<String> account = Optional.empty();

    ObjectNode arguments() {
      ObjectNode arguments = OperationOptions.arguments().put("all", all);
      account.ifPresent(name -> arguments.put("account", name));
      return arguments;
    }
  }

  @Command(
      name = "rebuild",
      description = "Build cached feeds anew from the database, while traffic goes on.",
      mixinStandardHelpOptions = true,
      footer = {
        "",
        "Examples: freshet feeds rebuild --all",
        "          freshet feeds rebuild anna"
      })
  void rebuild(@ArgGroup(multiplicity = "1") Whose whose, @Mixin OperationOptions options) {
    options.run(
        freshet,
        "feeds.rebuild",
        whose.arguments(),
        (result, out) ->
            out.printf(
                "%,d feeds rebuilt in %.1f s.%n",
                result.path("feeds").asLong(), result.path("seconds").asDouble()));
  }

  @Command(
      name = "verify",
      description = {
        "Compare cached feeds, list for list, with what the database says.",
        "A difference counts only if it is still there when no event waits."
      },
      mixinStandardHelpOptions = true,
      footer = {
        "",
        "Examples: freshet feeds verify --all --json",
        "          freshet feeds verify anna --repair"
      })
  int verify(
      @ArgGroup(multiplicity = "1") Whose whose,
      @Option(names = "--repair", description = "Rebuild the feeds that differ.") boolean repair,
      @Mixin OperationOptions options) {
    return options
                .run(
                    freshet,
                    "feeds.verify",
                    whose.arguments().put("repair", repair),
                    (result, out) -> {
                      out.printf(
                          "%,d feeds compared in %.1f s, %,d of them cached: %,d differences, %,d repaired.%n",
                          result.path("feeds").asLong(),
                          result.path("seconds").asDouble(),
                          result.path("cached").asLong(),
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
