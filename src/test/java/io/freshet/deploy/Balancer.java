package io.freshet.deploy;

import java.nio.file.Path;

/** The balancer's configuration on this machine: other addresses, else as it stands. */
final class Balancer {
  private Balancer() {}

  /** Listens on the loopback address and spreads over two web processes. */
  static String configuration(Path directory, int port, int first, int second) {
    String behind = " max_fails=2 fail_timeout=5s;\n    server ";
    return Deployment.read("deploy/nginx.conf")
        // Docker's name server, and what an nginx before 1.27 does not know.
        .replaceFirst("resolver [^;]*;", "")
        .replace(
            "server web:8080 resolve", "server 127.0.0.1:" + first + behind + "127.0.0.1:" + second)
        .replace("/tmp/nginx.pid", directory.resolve("nginx.pid").toString())
        .replace("listen 8080;", "listen 127.0.0.1:" + port + ";");
  }
}
