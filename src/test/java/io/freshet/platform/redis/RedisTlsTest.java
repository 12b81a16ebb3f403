package io.freshet.platform.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.platform.FreshetConfig;
import io.freshet.testkit.FreePorts;
import io.freshet.testkit.RedisServer;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that shows a certificate that it has signed itself, as hosting platforms give. */
class RedisTlsTest {
  @TempDir private Path directory = Path.of("");

  @Test
  void talksToAServerThatSignedItselfOnlyIfTold() throws Exception {
    int port = FreePorts.next();
    String certificate = directory.resolve("certificate").toString();
    String key = directory.resolve("key").toString();
    sign(certificate, key);
    try (RedisServer server =
            RedisServer.start(
                "--tls-port",
                "" + port,
                "--tls-cert-file",
                certificate,
                "--tls-key-file",
                key,
                "--tls-ca-cert-file",
                certificate,
                "--tls-auth-clients",
                "no");
        Redis trusting = Redis.open(config(port, false));
        Redis careful = Redis.open(config(port, true))) {
      assertThat(server.cli("PING")).contains("PONG");
      await().until(() -> trusting.serverOf(0).isPresent());
      assertThat(careful.serverOf(0)).isEmpty();
    }
  }

  private static void sign(String certificate, String key) throws Exception {
    String command =
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=somebody-else -keyout %s -out %s"
            .formatted(key, certificate);
    Process openssl =
        new ProcessBuilder(command.split(" "))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(openssl.waitFor()).isZero();
  }

  private static FreshetConfig.Redis config(int port, boolean verifyPeer) {
    return new FreshetConfig.Redis(Optional.of("rediss://127.0.0.1:" + port), 1, 2_000, verifyPeer);
  }
}
