package io.freshet.bench;

import io.freshet.app.RunFile;
import io.freshet.platform.Home;
import io.freshet.testkit.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Servers of a benchmark, each a process of its own on a free port, stopped with it. */
final class Servers implements AutoCloseable {
  private static final int ATTEMPTS = 1_800;
  private static final long BETWEEN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Path directory;
  private final Deque<Process> running = new ArrayDeque<>();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  Servers(Path directory) {
    this.directory = directory;
    Runtime.getRuntime().addShutdownHook(new Thread(this::close));
  }

  /** Freshet as its users start it. */
  RunFile freshet(Path root, Path home, Map<String, String> environment)
      throws IOException, InterruptedException {
    int port = FreePorts.next();
    Map<String, String> all = new HashMap<>(environment);
    all.put("FRESHET_HOME", home.toAbsolutePath().toString());
    all.put("PORT", Integer.toString(port));
    all.putIfAbsent("FRESHET_LIMITS_ENABLED", "false");
    start(List.of(root.resolve("freshet").toString(), "serve"), all, "freshet.log");
    await("http://127.0.0.1:" + port + "/health/ready");
    return RunFile.read(new Home(home.toAbsolutePath())).orElseThrow();
  }

  /** An nginx that answers everything with one body out of a file; returns its port. */
  int nginx(byte[] body) throws IOException, InterruptedException {
    int port = FreePorts.next();
    Path prefix = Files.createDirectories(directory.resolve("nginx"));
    Files.write(Files.createDirectories(prefix.resolve("html")).resolve("feed.json"), body);
    Files.writeString(prefix.resolve("nginx.conf"), nginxConf(prefix, port));
    start(
        List.of(
            "nginx",
            "-e",
            prefix.resolve("error.log").toString(),
            "-p",
            prefix.toString(),
            "-c",
            prefix.resolve("nginx.conf").toString()),
        Map.of(),
        "nginx.log");
    await("http://127.0.0.1:" + port + "/");
    return port;
  }

  private static String nginxConf(Path prefix, int port) {
    String user = "root".equals(System.getProperty("user.name")) ? "user root;" : "";
    return """
    daemon off;
    %1$s
    worker_processes auto;
    pid %2$s/nginx.pid;
    error_log %2$s/error.log;
    events { worker_connections 1024; }
    http {
      access_log off;
      sendfile on;
      tcp_nopush on;
      keepalive_timeout 65;
      keepalive_requests 100000000;
      open_file_cache max=10 inactive=60s;
      default_type application/json;
      client_body_temp_path %2$s/body;
      proxy_temp_path %2$s/proxy;
      fastcgi_temp_path %2$s/fastcgi;
      uwsgi_temp_path %2$s/uwsgi;
      scgi_temp_path %2$s/scgi;
      server {
        listen 127.0.0.1:%3$d;
        root %2$s/html;
        location / { try_files /feed.json =404; }
      }
    }
    """
        .formatted(user, prefix, port);
  }

  /** The body at this address. */
  byte[] get(String url, Optional<String> token) throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
    token.ifPresent(bearer -> request.header("Authorization", "Bearer " + bearer));
    var response = client.send(request.build(), BodyHandlers.ofByteArray());
    if (response.statusCode() != 200) {
      throw new IOException(url + " answers " + response.statusCode());
    }
    return response.body();
  }

  private void start(List<String> command, Map<String, String> environment, String log)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    builder.redirectOutput(directory.resolve(log).toFile());
    running.push(builder.start());
  }

  private void await(String url) throws InterruptedException {
    Process process = running.element();
    for (int attempt = 0; attempt < ATTEMPTS && process.isAlive(); attempt++) {
      try {
        get(url, Optional.empty());
        return;
      } catch (IOException e) {
        LockSupport.parkNanos(BETWEEN_NANOS);
      }
    }
    throw new IllegalStateException(url + " does not answer: see the logs in " + directory);
  }

  @Override
  public synchronized void close() {
    while (!running.isEmpty()) {
      Process process = running.pop();
      process.destroy();
      try {
        if (!process.waitFor(Duration.ofSeconds(30))) {
          process.destroyForcibly();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
