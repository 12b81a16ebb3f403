package io.freshet.architecture;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The modules below a root package, as data; {@link #FRESHET} is the one we live by. */
record ModuleTable(String root, List<Module> modules) {

  static final ModuleTable FRESHET =
      new ModuleTable(
          "io.freshet",
          List.of(
              module(
                  0,
                  "platform",
                  "ids, pages, JSON, loops, caches, configuration, database, Redis, metrics; no"
                      + " product words"),
              module(
                  1, "queue", "work queue: publish, take, acknowledge, retry, dead letter, lanes"),
              module(
                  1,
                  "live",
                  "open connections, channels, history and recovery, the way from node to node"),
              module(1, "mail", "e-mail: addresses, what waits to be sent, sending"),
              module(
                  1, "media", "pictures and videos: checked, made anew, kept as files, attached"),
              module(
                  2,
                  "outbox",
                  "events saved in the writer's transaction; the relay that hands them to the"
                      + " queue",
                  "queue"),
              module(3, "account", "people, passwords, tokens", "outbox"),
              module(
                  4,
                  "graph",
                  "follow edges, mutes, restrictions, follower paging, celebrity flag",
                  "account",
                  "outbox"),
              module(
                  4,
                  "post",
                  "posts and author feeds; likes, comments, counters, mentions, hashtags",
                  "account",
                  "media",
                  "outbox"),
              module(4, "dialog", "plain direct messages", "account"),
              module(
                  5,
                  "feed",
                  "stored feeds, merge, hydrate, filter, rebuild, and what readers are told live",
                  "account",
                  "graph",
                  "live",
                  "media",
                  "post",
                  "queue"),
              module(
                  5,
                  "question",
                  "questions, which are posts with a body; answers, votes, tags",
                  "account",
                  "live",
                  "outbox",
                  "post",
                  "queue"),
              module(
                  6,
                  "ranking",
                  "popular tags and best members: computed from time to time, shown from a cache"),
              module(
                  6,
                  "search",
                  "search over posts, questions, people and tags, and suggestions",
                  "account",
                  "post",
                  "question"),
              module(
                  6,
                  "notification",
                  "what people are told of: rows that follow deeds, groups, preferences",
                  "account",
                  "graph",
                  "live",
                  "mail",
                  "outbox",
                  "post",
                  "question",
                  "queue"),
              module(
                  6,
                  "fanout",
                  "one post becomes many feed entries",
                  "account",
                  "feed",
                  "graph",
                  "post",
                  "queue"),
              module(
                  7,
                  "web",
                  "HTTP: one class per resource, error mapping in one place, `web.otus`,"
                      + " `web.live`",
                  "account",
                  "dialog",
                  "feed",
                  "graph",
                  "live",
                  "mail",
                  "media",
                  "notification",
                  "post",
                  "question",
                  "ranking",
                  "search"),
              new Module(
                  8,
                  "app",
                  "builds the object graph and runs it; management, verification, imports",
                  Module.ALL),
              new Module(9, "cli", "the commands", Module.ALL)));

  private static Module module(int level, String name, String what, String... mayUse) {
    return new Module(level, name, what, Set.of(mayUse));
  }

  Optional<Module> named(String name) {
    return modules.stream().filter(module -> module.name().equals(name)).findFirst();
  }

  /** The module a package belongs to; none if it is outside the root or not in the table. */
  Optional<Module> ofPackage(String packageName) {
    return nameOf(packageName).flatMap(this::named);
  }

  boolean owns(String packageName) {
    return packageName.equals(root) || packageName.startsWith(root + ".");
  }

  private Optional<String> nameOf(String packageName) {
    if (!packageName.startsWith(root + ".")) {
      return Optional.empty();
    }
    String below = packageName.substring(root.length() + 1);
    int dot = below.indexOf('.');
    return Optional.of(dot < 0 ? below : below.substring(0, dot));
  }

  String packageOf(String module) {
    return root + "." + module + "..";
  }

  /** Edges that do not go down a level, or lead to a module that is not in the table. */
  List<String> edgesThatDoNotGoDown() {
    return modules.stream()
        .filter(Module::namesItsUses)
        .flatMap(from ->
            from.mayUse().stream()
                .filter(to -> named(to).map(Module::level).orElse(99) >= from.level())
                .map(to -> from.name() + " -> " + to))
        .sorted()
        .toList();
  }

  Stream<String> rows() {
    return modules.stream().map(Module::row);
  }
}
