package io.freshet.cli;

import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code freshet accounts}: create, show, remove, celebrity, administrator, token. */
@Command(
    name = "accounts",
    description = "Create and inspect accounts.",
    mixinStandardHelpOptions = true)
final class AccountsCommand {
  @ParentCommand private Freshet freshet = new Freshet(Map.of());

  @Command(
      name = "create",
      description = "Create an account.",
      mixinStandardHelpOptions = true,
      footer = {
        "",
        "Example: freshet accounts create anna --password 'a long one' --first-name Anna"
      })
  void create(
      @Parameters(paramLabel = "HANDLE", description = "3 to 30 of a-z, 0-9 and _.") String handle,
      @Option(
              names = "--password",
              required = true,
              interactive = true,
              arity = "0..1",
              description = "8 to 128 characters; asked for if left out.")
          String password,
      @Option(names = "--first-name", required = true, description = "First name.")
          String firstName,
      @Option(names = "--last-name", defaultValue = "", description = "Last name.") String lastName,
      @Option(names = "--city", defaultValue = "", description = "City.") String city,
      @Option(
              names = "--mail",
              defaultValue = "",
              description = "E-mail address; you vouch for its being theirs.")
          String mail,
      @Mixin OperationOptions options) {
    ObjectNode arguments =
        OperationOptions.arguments()
            .put("handle", handle)
            .put("password", password)
            .put("firstName", firstName)
            .put("lastName", lastName)
            .put("city", city)
            .put("mail", mail);
    options.run(freshet, "accounts.create", arguments, AccountsCommand::describe);
  }

  @Command(
      name = "show",
      description = "Show an account and its counters.",
      mixinStandardHelpOptions = true)
  void show(
      @Parameters(paramLabel = "ACCOUNT", description = "Handle or id.") String account,
      @Mixin OperationOptions options) {
    options.run(
        freshet,
        "accounts.show",
        OperationOptions.arguments().put("account", account),
        AccountsCommand::describe);
  }

  @Command(
      name = "remove",
      description =
          "Remove an account for good: nobody sees it from now on, and what it left is erased in the background.",
      mixinStandardHelpOptions = true,
      footer = {"", "Example: freshet accounts remove anna --yes"})
  void remove(
      @Parameters(paramLabel = "ACCOUNT", description = "Handle or id.") String account,
      @Option(
              names = "--yes",
              required = true,
              description = "Says that you mean it: there is no way back.")
          boolean yes,
      @Mixin OperationOptions options) {
    options.run(
        freshet,
        "accounts.remove",
        OperationOptions.arguments().put("account", account),
        (result, out) ->
            out.printf(
                "%s %s is removed; its rows go in the background.%n",
                result.path("id").asString(), result.path("handle").asString()));
  }

  @Command(
      name = "celebrity",
      description =
          "List the authors whose posts are merged in at read time; with --threshold, move the limit first.",
      mixinStandardHelpOptions = true,
      footer = {
        "",
        "The threshold given here holds until the server stops; celebrity.threshold is the lasting setting.",
        "In a cluster it is moved by that setting only."
      })
  void celebrity(
      @Option(
              names = "--threshold",
              paramLabel = "FOLLOWERS",
              description = "Followers that make an author one.")
          Optional<Integer> threshold,
      @Mixin OperationOptions options) {
    ObjectNode arguments = OperationOptions.arguments();
    threshold.ifPresent(followers -> arguments.put("threshold", followers));
    options.run(
        freshet,
        "accounts.celebrity",
        arguments,
        (result, out) -> {
          out.printf(
              "The threshold is %,d followers; these are pulled:%n",
              result.path("threshold").asLong());
          result.path("accounts").forEach(account -> describe(account, out));
        });
  }

  @Command(
      name = "administrator",
      description =
          "Make somebody an administrator, who sees how the servers do; with --revoke, no longer.",
      mixinStandardHelpOptions = true,
      footer = {
        "",
        "Examples: freshet accounts administrator anna",
        "          freshet accounts administrator anna --revoke"
      })
  void administrator(
      @Parameters(paramLabel = "HANDLE", description = "Handle or id.") String account,
      @Option(names = "--revoke", description = "Take it back; it holds at once.") boolean revoke,
      @Mixin OperationOptions options) {
    options.run(
        freshet,
        "accounts.administrator",
        OperationOptions.arguments().put("account", account).put("revoke", revoke),
        (result, out) ->
            out.printf(
                "%s %s is %s.%n",
                result.path("id").asString(),
                result.path("handle").asString(),
                result.path("administrator").asBoolean()
                    ? "an administrator"
                    : "no administrator"));
  }

  /** Whose tokens. */
  static final class Whose {
    @Parameters(arity = "0..1", paramLabel = "ACCOUNT", description = "Handle or id.")
    private Optional<String> account = Optional.empty();

    @Option(names = "--random", paramLabel = "N", description = "So many accounts drawn at random.")
    private Optional<Integer> random = Optional.empty();
  }

  @Command(
      name = "token",
      description =
          "Print a bearer token, for scripts and benchmarks. Whoever has it can act as that account.",
      mixinStandardHelpOptions = true,
      footer = {
        "",
        "Examples: freshet accounts token anna",
        "          freshet accounts token --random 1000 --seed 7"
      })
  void token(
      @ArgGroup(multiplicity = "1") Whose whose,
      @Option(
              names = "--seed",
              defaultValue = "0",
              description = "The same seed draws the same accounts.")
          long seed,
      @Mixin OperationOptions options) {
    ObjectNode arguments = OperationOptions.arguments().put("seed", seed);
    whose.account.ifPresent(account -> arguments.put("account", account));
    whose.random.ifPresent(count -> arguments.put("random", count));
    options.run(
        freshet,
        "accounts.token",
        arguments,
        (result, out) -> result.forEach(one -> out.println(one.path("token").asString())));
  }

  private static void describe(JsonNode account, PrintWriter out) {
    out.printf(
        "%s  %s (%s)  %,d followers, %,d followees%s%n",
        account.path("id").asString(),
        account.path("handle").asString(),
        account.path("name").asString(),
        account.path("followers").asLong(),
        account.path("followees").asLong(),
        "no".equals(account.path("pulled").asString())
            ? ""
            : ", pulled: " + account.path("pulled").asString());
  }
}
