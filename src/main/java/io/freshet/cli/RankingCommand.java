package io.freshet.cli;

import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code freshet ranking show} and {@code freshet ranking refresh}. */
@Command(
    name = "ranking",
    description = "Show and renew the popular tags and the best members.",
    mixinStandardHelpOptions = true)
final class RankingCommand {
  @ParentCommand private Freshet freshet = new Freshet(Map.of());

  @Command(
      name = "show",
      description = {
        "Show the popular tags of the last three months and the best members of the last week.",
        "They come from the cache, as on the page; with --at they are computed as of that moment."
      },
      mixinStandardHelpOptions = true,
      footer = {
        "",
        "Examples: freshet ranking show --json",
        "          freshet ranking show --at 2018-09-01"
      })
  void show(
      @Option(
              names = "--at",
              paramLabel = "DAY",
              description = {
                "A day, which counts up to its beginning in UTC, or a moment like",
                "2018-09-01T12:00:00Z. What has been deleted since, and the votes since, count as now."
              })
          Optional<String> at,
      @Mixin OperationOptions options) {
    ObjectNode arguments = OperationOptions.arguments();
    at.ifPresent(moment -> arguments.put("at", moment));
    options.run(freshet, "ranking.show", arguments, RankingCommand::print);
  }

  @Command(
      name = "refresh",
      description = {
        "Compute both now, for all who look from now on.",
        "The scheduler does so by itself: ranking.tagsSchedule and ranking.membersSchedule say when."
      },
      mixinStandardHelpOptions = true,
      footer = {"", "Example: freshet ranking refresh"})
  void refresh(@Mixin OperationOptions options) {
    options.run(freshet, "ranking.refresh", OperationOptions.arguments(), RankingCommand::printNew);
  }

  private static void printNew(JsonNode result, PrintWriter out) {
    out.printf("Computed in %.3f s.%n", result.path("seconds").asDouble());
    print(result, out);
  }

  private static void print(JsonNode result, PrintWriter out) {
    out.println("Popular tags, as of " + result.path("tagsComputedAt").asString() + ":");
    if (result.path("tags").isEmpty()) {
      out.println("  none: no question in three months has a tag");
    }
    result
        .path("tags")
        .forEach(tag ->
            out.printf("  %,7d  %s%n", tag.path("questions").asLong(), tag.path("tag").asString()));
    out.println("Best members, as of " + result.path("membersComputedAt").asString() + ":");
    if (result.path("members").isEmpty()) {
      out.println("  none: nobody has more votes for than against in a week");
    }
    result
        .path("members")
        .forEach(member ->
            out.printf(
                "  %,7d  %s (%s)%n",
                member.path("score").asLong(),
                member.path("name").asString(),
                member.path("handle").asString()));
  }
}
