package io.freshet.cli;

import io.freshet.platform.ConfigSource;
import io.freshet.platform.FreshetConfig;
import io.freshet.platform.Json;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ArrayNode;

/** {@code freshet config print}. */
@Command(
    name = "config",
    description = "Show the settings in force.",
    mixinStandardHelpOptions = true)
final class ConfigCommand {
  @ParentCommand private Freshet freshet = new Freshet(Map.of());
  @Spec private CommandSpec spec = CommandSpec.create();

  @Command(
      name = "print",
      description = "Every setting, its value and where it comes from; secrets are masked.",
      mixinStandardHelpOptions = true)
  void print(@Option(names = "--json", description = "As JSON.") boolean json) {
    ConfigSource source = freshet.source(Map.of());
    FreshetConfig.load(source);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      ArrayNode all = Json.MAPPER.createArrayNode();
      source
          .entries()
          .forEach(e ->
              all.addObject()
                  .put("key", e.key())
                  .put("value", e.shown())
                  .put("origin", e.origin()));
      out.println(Json.MAPPER.writeValueAsString(all));
    } else {
      source
          .entries()
          .forEach(e -> out.printf("%-28s %-12s (%s)%n", e.key(), e.shown(), e.origin()));
    }
  }
}
