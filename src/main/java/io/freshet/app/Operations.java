package io.freshet.app;

import io.freshet.account.Access;
import io.freshet.account.Account;
import io.freshet.account.AccountId;
import io.freshet.account.Profile;
import io.freshet.account.Registration;
import io.freshet.graph.FollowCounts;
import io.freshet.graph.Pull;
import io.freshet.mail.Mails;
import io.freshet.platform.Ids;
import io.freshet.platform.Json;
import io.freshet.platform.OperatorException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** All that an operator can ask of a running Freshet, by name. */
final class Operations {
  private static final int REBUILD_BATCH = 200;
  private static final int MAX_TOKENS = 1_000_000;

  private final Core core;
  private final Workers workers;

  Operations(Core core, Workers workers) {
    this.core = core;
    this.workers = workers;
  }

  Map<String, Operation> byName() {
    Map<String, Operation> all = new HashMap<>();
    all.put("feeds.rebuild", this::rebuild);
    all.put("feeds.verify", this::verify);
    all.put("counters.verify", this::verifyCounters);
    all.put("caches.forget", (arguments, progress) -> forget());
    all.putAll(new QueueOperations(workers.queue(), workers::wakeRelay).byName());
    all.put("accounts.create", (arguments, progress) -> create(arguments));
    all.put("accounts.show", (arguments, progress) -> show(account(arguments)));
    all.put("accounts.celebrity", (arguments, progress) -> celebrities(arguments));
    all.put("accounts.remove", (arguments, progress) -> remove(arguments));
    all.put("accounts.administrator", (arguments, progress) -> appoint(arguments));
    all.put("accounts.token", (arguments, progress) -> tokens(arguments));
    all.putAll(new MediaOperations(core.media.sweep()).byName());
    all.putAll(new MailOperations(core.mail.mails().backlog()).byName());
    all.putAll(new RankingOperations(core.rankings, core.accounts, core.clock).byName());
    return all;
  }

  private JsonNode rebuild(JsonNode arguments, Progress progress) {
    long start = System.nanoTime();
    long feeds = 1;
    if (arguments.path("all").asBoolean(false)) {
      feeds =
          new AccountWalk(core.jdbi, REBUILD_BATCH)
              .run("feeds rebuilt", progress, core.feedBuilder::buildAll);
    } else {
      core.feedBuilder.build(account(arguments).id().value());
    }
    return timed(start).put("feeds", feeds);
  }

  private JsonNode verify(JsonNode arguments, Progress progress) {
    long start = System.nanoTime();
    boolean repair = arguments.path("repair").asBoolean(false);
    FeedVerification verification = new FeedVerification(core, workers.queue()::isQuiet);
    FeedVerification.Report report =
        arguments.path("all").asBoolean(false)
            ? verification.all(repair, progress)
            : verification.one(account(arguments).id(), repair);
    ObjectNode json = timed(start);
    json.put("feeds", report.feeds()).put("cached", report.cached());
    json.put("differences", report.differences()).put("repaired", report.repaired());
    json.set("examples", Json.MAPPER.valueToTree(report.examples()));
    return json;
  }

  private JsonNode verifyCounters(JsonNode arguments, Progress progress) {
    long start = System.nanoTime();
    CountsVerification.Report report =
        new CountsVerification(core, workers.queue()::isQuiet)
            .run(arguments.path("repair").asBoolean(false), progress);
    ObjectNode json = timed(start);
    json.put("posts", report.posts()).put("accounts", report.accounts());
    json.put("questions", report.questions()).put("answers", report.answers());
    json.put("differences", report.differences()).put("repaired", report.repaired());
    json.set("examples", Json.MAPPER.valueToTree(report.examples()));
    return json;
  }

  private JsonNode forget() {
    core.forgetAll();
    return Json.MAPPER.createObjectNode();
  }

  private JsonNode create(JsonNode arguments) {
    Profile profile =
        new Profile(
            arguments.path("firstName").asString(""),
            arguments.path("lastName").asString(""),
            Optional.empty(),
            arguments.path("city").asString(""),
            "");
    Registration registration =
        new Registration(
            Optional.of(arguments.path("handle").asString("")),
            arguments.path("password").asString(""),
            profile);
    String address = arguments.path("mail").asString("");
    if (!address.isEmpty()) {
      Mails.requireAddress(address);
    }
    Account account = core.accounts.register(registration);
    if (!address.isEmpty()) {
      core.mail.mails().vouch(account.id().value(), address);
    }
    return show(account);
  }

  private ObjectNode show(Account account) {
    FollowCounts counts = core.graph.counts(account.id().value());
    return Json.MAPPER
        .createObjectNode()
        .put("id", account.id().toString())
        .put("handle", account.handle())
        .put("name", account.name())
        .put("city", account.profile().city())
        .put("createdAt", account.createdAt().toString())
        .put("followers", counts.followers())
        .put("followees", counts.followees())
        .put("pulled", counts.pull().name().toLowerCase(java.util.Locale.ROOT))
        .put("feedCached", core.feedStore.peek(account.id().value()).isPresent());
  }

  private ObjectNode remove(JsonNode arguments) {
    Account account = account(arguments);
    boolean removed = core.sessions.removeAccount(account.id());
    return Json.MAPPER
        .createObjectNode()
        .put("id", account.id().toString())
        .put("handle", account.handle())
        .put("removed", removed);
  }

  private ObjectNode appoint(JsonNode arguments) {
    Account account = account(arguments);
    boolean isAdministrator = !arguments.path("revoke").asBoolean(false);
    core.accounts.appoint(account.id(), isAdministrator);
    return Json.MAPPER
        .createObjectNode()
        .put("id", account.id().toString())
        .put("handle", account.handle())
        .put("administrator", isAdministrator);
  }

  /** Moves the threshold of this process, if one is given; then lists whose posts are pulled. */
  private JsonNode celebrities(JsonNode arguments) {
    int threshold = arguments.path("threshold").asInt(0);
    if (threshold > 0) {
      if (core.config.isCluster()) {
        throw new OperatorException(
            "The threshold of a cluster is moved by its setting, so that all processes have the same:"
                + " set celebrity.threshold (FRESHET_CELEBRITY_THRESHOLD) everywhere and restart"
                + " them.");
      }
      core.celebrities.follow(core.rule(threshold));
      workers.wakeRelay();
    }
    ObjectNode json =
        Json.MAPPER.createObjectNode().put("threshold", core.celebrities.rule().threshold());
    ArrayNode accounts = json.putArray("accounts");
    List<AccountId> pulled =
        core.graph.flipped().entrySet().stream()
            .filter(author -> author.getValue().pull() != Pull.NO)
            .map(author -> new AccountId(author.getKey()))
            .sorted(Comparator.comparingLong(AccountId::value))
            .toList();
    core.accounts
        .findAll(pulled.stream().map(AccountId::value).toList())
        .values()
        .forEach(account -> accounts.add(show(account)));
    return json;
  }

  private JsonNode tokens(JsonNode arguments) {
    ArrayNode tokens = Json.MAPPER.createArrayNode();
    int random = arguments.path("random").asInt(0);
    List<Long> ids =
        random > 0
            ? randomAccounts(Math.min(random, MAX_TOKENS), arguments.path("seed").asLong(0))
            : List.of(account(arguments).id().value());
    ids.forEach(id ->
        tokens
            .addObject()
            .put("id", id.toString())
            .put("token", core.tokens.issue(Access.of(new AccountId(id)), core.lasting())));
    return tokens;
  }

  /** The same seed draws the same accounts from the same database. */
  private List<Long> randomAccounts(int count, long seed) {
    return core.jdbi.withHandle(handle ->
        handle
            .createQuery("SELECT id FROM account ORDER BY hashint8extended(id, ?) LIMIT ?")
            .bind(0, seed)
            .bind(1, count)
            .mapTo(Long.class)
            .list());
  }

  private Account account(JsonNode arguments) {
    String name = arguments.path("account").asString("");
    Optional<Account> found = core.accounts.findByHandle(name);
    if (found.isEmpty()) {
      found = Ids.parse(name).map(AccountId::new).flatMap(core.accounts::find);
    }
    return found.orElseThrow(
        () -> new OperatorException("There is no account with the handle or id \"" + name + "\"."));
  }

  private static ObjectNode timed(long start) {
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    return Json.MAPPER.createObjectNode().put("seconds", millis / 1e3);
  }
}
