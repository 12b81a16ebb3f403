package io.freshet.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.platform.Json;
import io.freshet.testkit.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The very commands of the deployment files, with the packaged jar, as processes of this machine.
 * Needs {@code target/freshet.jar}: {@code ./check} runs it when that has been made.
 */
@Tag("slow")
@EnabledIfSystemProperty(named = "freshet.packaged", matches = "true")
class DeploymentRunTest {
  private static final Path JAR = Path.of("target/freshet.jar").toAbsolutePath();

  /** Stopped by SIGTERM, as every shell and container engine sees it. */
  private static final int TERMINATED = 128 + 15;

  @TempDir private Path directory = Path.of("");

  private final List<AutoCloseable> started = new ArrayList<>();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @BeforeEach
  void isPackaged() {
    assertThat(JAR).as("made by mvn package").exists();
  }

  @AfterEach
  void stopAll() throws Exception {
    for (AutoCloseable each : started.reversed()) {
      each.close();
    }
  }

  @Test
  void composesServicesAreAClusterThatOutlivesOneOfThem() throws Exception {
    PrivateServers servers = keep(new PrivateServers(directory));
    DeployedProcess migrate = compose(servers, "migrate", "migrate");
    assertThat(migrate.result()).as(migrate.said()).isZero();
    DeployedProcess web1 = healthy(compose(servers, "web", "web-1"));
    DeployedProcess web2 = healthy(compose(servers, "web", "web-2"));
    healthy(compose(servers, "worker", "worker-1"));
    DeployedProcess worker2 = healthy(compose(servers, "worker", "worker-2"));
    DeployedProcess scheduler = healthy(compose(servers, "scheduler", "scheduler"));
    String balancer = balancer(web1.port(), web2.port());

    String reader = aPostArrivesFromTo(balancer, balancer);
    web1.kill();
    for (int i = 0; i < 20; i++) {
      assertThat(get(balancer, "/api/v1/feed", reader).statusCode()).isEqualTo(200);
    }
    assertThat(worker2.stop()).as(worker2.said()).isEqualTo(TERMINATED);
    assertThat(scheduler.stop()).as(scheduler.said()).isEqualTo(TERMINATED);
    aPostArrivesFromTo(balancer, "http://127.0.0.1:" + web2.port());
    assertThat(get(balancer, "/metrics", reader).statusCode()).isEqualTo(404);
    assertThat(web2.stop()).as(web2.said()).isEqualTo(TERMINATED);
  }

  @Test
  void procfilesProcessesServe() throws Exception {
    PrivateServers servers = keep(new PrivateServers(directory));
    Map<String, String> given = new HashMap<>();
    Deployment.appJson()
        .path("env")
        .properties()
        .forEach(e ->
            given.put(
                e.getKey(), e.getValue().path("value").asString("0123456789abcdef".repeat(4))));
    List.of("DATABASE_URL", "REDIS_URL", "CLOUDAMQP_URL").forEach(name -> given.put(name, ""));
    Map<String, String> environment = servers.ledHere(given);

    DeployedProcess release = procfile("release", environment);
    assertThat(release.result()).as(release.said()).isZero();
    assertThat(release.said()).contains("went from nothing to version");
    DeployedProcess web = healthy(procfile("web", environment));
    DeployedProcess worker = healthy(procfile("worker", environment));
    String address = "http://127.0.0.1:" + web.port();
    aPostArrivesFromTo(address, address);
    assertThat(web.stop()).as(web.said()).isEqualTo(TERMINATED);
    assertThat(worker.stop()).as(worker.said()).isEqualTo(TERMINATED);
  }

  /** The image's entry point with the service's command, as Compose puts them together. */
  private DeployedProcess compose(PrivateServers servers, String service, String name) {
    Yaml described = Deployment.compose().at("services", service);
    List<String> command = new ArrayList<>();
    Deployment.dockerfileList("ENTRYPOINT")
        .forEach(word -> command.add(word.replace(Deployment.IMAGE_JAR, JAR.toString())));
    command.addAll(described.at("command").texts());
    Map<String, String> environment = servers.ledHere(Deployment.environment(described));
    return keep(DeployedProcess.start(name, command, environment, directory));
  }

  /** A process type as Heroku runs it, from the directory of the repository. */
  private DeployedProcess procfile(String type, Map<String, String> environment) {
    String command = Deployment.procfile().getOrDefault(type, "false");
    return keep(
        DeployedProcess.start(type, List.of("bash", "-c", command), environment, directory));
  }

  /** Healthy by the check that the image and Compose have. */
  private DeployedProcess healthy(DeployedProcess process) {
    List<String> check =
        Deployment.compose().at("services", "web", "healthcheck", "test").texts().stream()
            .skip(1)
            .map(word -> word.replace("/opt/freshet/health", "deploy/health"))
            .toList();
    return process.awaitHealth(check);
  }

  private String balancer(int first, int second) throws IOException {
    int port = FreePorts.next();
    Path file =
        Files.writeString(
            directory.resolve("nginx.conf"),
            Balancer.configuration(directory, port, first, second));
    List<String> command =
        List.of("nginx", "-e", "/dev/stderr", "-c", file.toString(), "-g", "daemon off;");
    DeployedProcess nginx = keep(DeployedProcess.start("nginx", command, Map.of(), directory));
    nginx.awaitHealth(List.of("curl", "-sf", "http://127.0.0.1:" + port + "/health/ready"));
    return "http://127.0.0.1:" + port;
  }

  /**
   * Two people register, one follows, the other posts, and the first reads it: returns her token.
   */
  private String aPostArrivesFromTo(String write, String read) throws Exception {
    String suffix = Long.toHexString(System.nanoTime());
    String author = register(write, "author" + suffix);
    String reader = register(write, "reader" + suffix);
    String id = json(get(write, "/api/v1/accounts/me", author)).path("id").asString();
    send(write, "PUT", "/api/v1/accounts/me/follows/" + id, reader, "");
    assertThat(get(read, "/api/v1/feed", reader).statusCode()).isEqualTo(200);
    String text = "a post of " + suffix;
    send(write, "POST", "/api/v1/posts", author, "{\"text\":\"" + text + "\"}");
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> get(read, "/api/v1/feed", reader).body().contains(text));
    return reader;
  }

  private String register(String address, String handle) throws Exception {
    String password = "a long password";
    send(
        address,
        "POST",
        "/api/v1/accounts",
        "",
        "{\"handle\":\"%s\",\"password\":\"%s\",\"firstName\":\"A\",\"lastName\":\"B\"}"
            .formatted(handle, password));
    return json(send(
            address,
            "POST",
            "/api/v1/sessions",
            "",
            "{\"handle\":\"%s\",\"password\":\"%s\"}".formatted(handle, password)))
        .path("token")
        .asString();
  }

  private HttpResponse<String> get(String address, String path, String token)
      throws IOException, InterruptedException {
    return client.send(request(address, path, token).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> send(
      String address, String method, String path, String token, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        request(address, path, token)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(path + ": " + answer.body()).isBetween(200, 299);
    return answer;
  }

  private static HttpRequest.Builder request(String address, String path, String token) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path));
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return Json.MAPPER.readTree(answer.body());
  }

  private <T extends AutoCloseable> T keep(T part) {
    started.add(part);
    return part;
  }
}
