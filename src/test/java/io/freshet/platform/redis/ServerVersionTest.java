package io.freshet.platform.redis;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.freshet.platform.FreshetConfig;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.protocol.ProtocolVersion;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerVersionTest {
  private static final Script<String> SWAP = Script.load("test-swap", Reply::text);

  @ParameterizedTest
  @ValueSource(strings = {"7.0.0", "7.0.15", "7.2.4", "7.4.0-v1", "8.0.2", "10.1.0", "255.255.255"})
  void takesRedisFromTheFloorOnAndValkey(String version) {
    assertThatCode(() -> ServerVersion.require(version, "cache:6379")).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"6.2.14", "6.9.0", "5.0.14", "2.8.24", "", "7", "unstable", "-7.0"})
  void saysWhatIsNeededAndWhatWasFound(String version) {
    assertThatThrownBy(() -> ServerVersion.require(version, "cache:6379"))
        .isInstanceOf(RedisAwayException.class)
        .hasMessage(
            "Redis 7.0 or newer is needed, and the one at cache:6379 is \"" + version + "\"");
  }

  @Test
  void refusesAnOldServerWhenItConnects() throws IOException {
    try (OldServer server = new OldServer();
        RedisClient client = RedisClient.create()) {
      client.setOptions(ClientOptions.builder().protocolVersion(ProtocolVersion.RESP2).build());
      assertThatThrownBy(() -> Link.open(client, RedisURI.create(server.url()), () -> {}))
          .hasMessageContaining("7.0 or newer")
          .hasMessageContaining("6.2.14");
    }
  }

  @Test
  void goesOnTryingWhileTheServerIsOld() throws IOException {
    try (OldServer server = new OldServer();
        Redis redis =
            Redis.open(new FreshetConfig.Redis(Optional.of(server.url()), 1, 1_000, true))) {
      await().until(() -> server.asked.get() >= 3);
      assertThatThrownBy(() -> redis.await(redis.run(SWAP, 0, List.of())))
          .isInstanceOf(RedisAwayException.class);
    }
  }

  /** Answers as an old server does when a client connects, and OK to everything else. */
  private static final class OldServer implements AutoCloseable {
    private static final String INFO = "redis_version:6.2.14\r\nrun_id:r\r\ncluster_enabled:0\r\n";

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final AtomicInteger asked = new AtomicInteger();

    OldServer() throws IOException {
      Thread.ofVirtual().start(this::accept);
    }

    String url() {
      return "redis://127.0.0.1:" + listener.getLocalPort();
    }

    private void accept() {
      while (!listener.isClosed()) {
        try {
          Socket socket = listener.accept();
          Thread.ofVirtual().start(() -> answer(socket));
        } catch (IOException e) {
          // Closed.
        }
      }
    }

    /** A command is a line "*n", and for each of its n words a line with its length and itself. */
    private void answer(Socket socket) {
      try (socket;
          BufferedReader in =
              new BufferedReader(
                  new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          List<String> words = new ArrayList<>();
          for (int left = Integer.parseInt(line.substring(1)); left > 0; left--) {
            in.readLine();
            words.add(in.readLine());
          }
          socket.getOutputStream().write(reply(words).getBytes(StandardCharsets.US_ASCII));
        }
      } catch (IOException e) {
        // The other side has gone.
      }
    }

    private String reply(List<String> command) {
      if (command.getFirst().equals("INFO")) {
        asked.incrementAndGet();
        return "$" + INFO.length() + "\r\n" + INFO + "\r\n";
      }
      return command.contains("ID") ? ":1\r\n" : "+OK\r\n";
    }

    @Override
    public void close() throws IOException {
      listener.close();
    }
  }
}
