package io.freshet.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * PostgreSQL refuses to run as root, so root's server runs in a user namespace of its own, or,
 * where those are forbidden (many containers), as {@code nobody}. Everyone else's server runs as
 * themselves.
 *
 * @param prefix what to put before each command
 * @param uid who must own the data; negative: whoever made it
 */
record PostgresUser(List<String> prefix, int uid) {
  private static final int NOBODY = 65534;
  private static final List<String> NAMESPACE = List.of("unshare", "-U");
  static final List<String> AS_NOBODY =
      List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");

  static PostgresUser choose() {
    if (!"root".equals(System.getProperty("user.name"))) {
      return new PostgresUser(List.of(), -1);
    }
    if (works(NAMESPACE)) {
      return new PostgresUser(NAMESPACE, 0);
    }
    if (works(AS_NOBODY)) {
      return asNobody();
    }
    throw new OperatorException(
        "PostgreSQL does not run as root, and neither unshare nor setpriv works here: start Freshet as an ordinary user, or set"
            + " DATABASE_URL to a server of your own.");
  }

  static PostgresUser asNobody() {
    return new PostgresUser(AS_NOBODY, NOBODY);
  }

  /** Hands over a tree to this user; quick when its top is theirs already. */
  void own(Path tree) throws IOException {
    if (uid < 0 || !Files.exists(tree) || Files.getAttribute(tree, "unix:uid").equals(uid)) {
      return;
    }
    List<Path> files;
    try (Stream<Path> walk = Files.walk(tree)) {
      files = walk.toList().reversed();
    }
    for (Path file : files) {
      Files.setAttribute(file, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
    }
  }

  private static boolean works(List<String> prefix) {
    try {
      return PostgresCommand.run(Stream.concat(prefix.stream(), Stream.of("id", "-u")).toList())
              .exitCode()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
