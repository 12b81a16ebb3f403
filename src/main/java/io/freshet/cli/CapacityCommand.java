package io.freshet.cli;

import io.freshet.app.capacity.CapacityModel;
import io.freshet.app.capacity.CapacityPlan;
import io.freshet.app.capacity.Demand;
import io.freshet.app.capacity.Machines;
import io.freshet.app.capacity.UnitCosts;
import io.freshet.platform.FreshetConfig;
import io.freshet.platform.Json;
import io.freshet.platform.OperatorException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;

/** {@code freshet capacity}. */
@Command(
    name = "capacity",
    description = {
      "Say what a community of this size takes: Redis, workers, web nodes, queue, database.",
      "A model from unit costs that were measured: docs/scaling.md says how and where, and how well "
          + "it holds."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  freshet capacity --dau 10000000 --posts-per-day 2 --followers-mean 200",
      "  freshet capacity --followers-mean 5000 --peak 1    1.1 million updates/s",
      "  freshet capacity --costs mine.json    costs that bench/unit-costs measured"
    })
final class CapacityCommand implements Runnable {
  @ParentCommand private Freshet freshet = new Freshet(Map.of());
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--dau", defaultValue = "10000000", description = "People who read on a day.")
  private double dau;

  @Option(names = "--posts-per-day", defaultValue = "2", description = "Posts of each in a day.")
  private double postsPerDay;

  @Option(names = "--reads-per-day", defaultValue = "100", description = "Pages each reads a day.")
  private double readsPerDay;

  @Option(
      names = "--followers-mean",
      defaultValue = "200",
      description = "Followers of a post's author, on the average over posts.")
  private double followersMean;

  @Option(
      names = "--followers-max",
      defaultValue = "5000",
      description = "Followers of the author with the most.")
  private double followersMax;

  @Option(
      names = "--peak",
      defaultValue = "3",
      description = "The busiest minutes, as a multiple of the mean of the day.")
  private double peak;

  @Option(
      names = "--active-share",
      defaultValue = "0.7",
      description = "Of all accounts, the share that reads on a day.")
  private double activeShare;

  @Option(
      names = "--kept-share",
      defaultValue = "1",
      description = "Of all accounts, the share whose feeds are kept (see feed.keepDays).")
  private double keptShare;

  @Option(names = "--days", defaultValue = "365", description = "How long posts are kept.")
  private double days;

  @Option(names = "--text-bytes", defaultValue = "200", description = "Mean text of a post.")
  private double textBytes;

  @Option(names = "--cores", defaultValue = "4", description = "Cores of a web or worker node.")
  private int cores;

  @Option(
      names = "--use",
      defaultValue = "0.6",
      description = "Share of the cores that the busiest minutes may take.")
  private double use;

  @Option(
      names = "--redis-gb",
      defaultValue = "16",
      description = "Gigabytes that one Redis master holds.")
  private double redisGigabytes;

  @Option(
      names = "--costs",
      paramLabel = "FILE",
      showDefaultValue = Visibility.NEVER,
      description = "Unit costs measured elsewhere, in place of those that come with Freshet.")
  private Optional<Path> costs = Optional.empty();

  @Option(names = "--json", description = "Print the plan as one line of JSON.")
  private boolean json;

  @Override
  public void run() {
    FreshetConfig config = freshet.config(Map.of());
    UnitCosts measured = costs.map(CapacityCommand::read).orElseGet(UnitCosts::builtIn);
    CapacityPlan plan = new CapacityModel(measured, machines(config)).plan(demand(config.feed()));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.MAPPER.writeValueAsString(Map.of("plan", plan, "costs", measured)));
    } else {
      CapacityText.print(plan, measured, out);
    }
    out.flush();
  }

  private Demand demand(FreshetConfig.Feed feed) {
    return new Demand(
            dau,
            postsPerDay,
            readsPerDay,
            followersMean,
            followersMax,
            activeShare,
            keptShare,
            feed.window() + feed.slack(),
            days,
            textBytes,
            peak)
        .checked();
  }

  private Machines machines(FreshetConfig config) {
    return new Machines(
        cores,
        use,
        redisGigabytes,
        config.database().poolSize(),
        config.fanout().batch(),
        config.celebrity().threshold());
  }

  private static UnitCosts read(Path file) {
    try {
      UnitCosts read = Json.read(Files.readAllBytes(file), UnitCosts.class);
      // An empty object has no list.
      return Optional.ofNullable(read.costs()).map(costs -> read).orElseThrow(IOException::new);
    } catch (IOException | JacksonException e) {
      throw new OperatorException(
          "Cannot read unit costs from "
              + file
              + ": it must be what bench/unit-costs --json prints.",
          e);
    }
  }
}
