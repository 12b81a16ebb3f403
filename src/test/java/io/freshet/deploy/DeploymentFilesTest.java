package io.freshet.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.platform.ConfigSource;
import io.freshet.platform.FreshetConfig;
import io.freshet.platform.Json;
import io.freshet.platform.Role;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * There is no container engine where Freshet is built: what can be seen without one is seen here.
 */
class DeploymentFilesTest {
  /** Read by the launcher and by the logging, before there is a configuration. */
  private static final Set<String> READ_ELSEWHERE = Set.of("FRESHET_JAVA_OPTS", "FRESHET_LOG");

  private static final Pattern ROLES = Pattern.compile("--roles=([a-z,]+)");

  @Test
  void everyVariableOfComposeIsASetting() {
    assertThat(Deployment.freshetServices())
        .containsOnlyKeys("migrate", "web", "worker", "scheduler");
    Deployment.freshetServices()
        .forEach((name, service) -> {
          Map<String, String> environment = Deployment.environment(service);
          assertThat(environment)
              .as(name)
              .containsKeys("DATABASE_URL", "REDIS_URL", "FRESHET_SECRET");
          areSettings(environment);
        });
  }

  @Test
  void everyVariableOfKubernetesIsASetting() {
    Map<String, String> environment = new TreeMap<>();
    Deployment.kubernetes("ConfigMap")
        .forEach(map -> map.at("data").map().forEach((k, v) -> environment.put(k, v.text())));
    Deployment.kubernetes("Secret")
        .forEach(map -> map.at("stringData").map().forEach((k, v) -> environment.put(k, v.text())));
    assertThat(environment).containsKeys("DATABASE_URL", "FRESHET_RABBITMQ_URL", "FRESHET_LOG");
    areSettings(environment);
  }

  @Test
  void everyVariableOfHerokuIsASetting() {
    Map<String, String> environment = new TreeMap<>();
    Deployment.appJson()
        .path("env")
        .properties()
        .forEach(entry ->
            environment.put(
                entry.getKey(), entry.getValue().path("value").asString("x".repeat(64))));
    // For the build, which Heroku's buildpack runs.
    environment.keySet().removeIf(name -> name.startsWith("MAVEN_CUSTOM_"));
    // Given by the platform and by the add-ons.
    environment.put("PORT", "5000");
    environment.put("DATABASE_URL", "postgres://u:p@host:5432/name");
    environment.put("REDIS_URL", "rediss://:p@host:6380");
    environment.put("CLOUDAMQP_URL", "amqps://u:p@host/vhost");
    areSettings(environment);
  }

  @Test
  void everyVariableOfTheImageIsASetting() {
    Map<String, String> environment = new TreeMap<>();
    Deployment.read("Dockerfile")
        .lines()
        .filter(line -> line.startsWith("ENV "))
        .flatMap(line -> Stream.of(line.substring(4).split(" ")))
        .forEach(pair -> environment.put(pair.split("=")[0], pair.split("=")[1]));
    assertThat(environment).containsKeys("PORT", "FRESHET_HOME");
    areSettings(environment);
  }

  @Test
  void composeAsksForPasswordsAndKnowsNone() {
    Map<String, String> example = Deployment.exampleEnv();
    assertThat(Deployment.variables().keySet()).isEqualTo(example.keySet());
    example.forEach((name, value) -> {
      if (name.matches(".*(PASSWORD|SECRET|KEY)")) {
        assertThat(value).as(name).isEqualTo("generate");
        assertThat(String.valueOf(Deployment.variables().get(name)))
            .as(name + " is asked for with :?")
            .matches(uses -> uses.contains(":?"));
      }
    });
    Deployment.compose()
        .everything()
        .map(Yaml::text)
        .forEach(text -> {
          Matcher login = Pattern.compile("://\\w*:([^@/]+)@").matcher(text);
          while (login.find()) {
            assertThat(login.group(1)).startsWith("${");
          }
        });
  }

  @Test
  void composeHasTheWholeClusterAndLooksAfterIt() {
    Yaml services = Deployment.compose().at("services");
    assertThat(services.map().keySet())
        .contains("postgres", "postgres-replica", "redis", "rabbitmq", "maildev", "centrifugo")
        .contains("balancer", "migrate", "web", "worker", "scheduler");
    assertThat(services.at("web", "deploy", "replicas").text()).isEqualTo("2");
    assertThat(services.at("worker", "deploy", "replicas").text()).isEqualTo("2");
    assertThat(services.at("centrifugo", "profiles").texts()).containsExactly("centrifugo");
    services
        .map()
        .forEach((name, service) -> {
          assertThat(service.at("restart").isThere()).as(name).isTrue();
          boolean ends = name.equals("migrate");
          assertThat(service.at("healthcheck", ends ? "disable" : "test").isThere())
              .as("health check of " + name)
              .isTrue();
          service
              .at("depends_on")
              .map()
              .forEach((other, how) -> {
                assertThat(services.map()).containsKey(other);
                assertThat(how.at("condition").text())
                    .isEqualTo(
                        other.equals("migrate")
                            ? "service_completed_successfully"
                            : "service_healthy");
              });
        });
    assertThat(services.at("web", "depends_on").map().keySet())
        .containsExactlyInAnyOrder("migrate", "postgres", "postgres-replica", "redis", "rabbitmq");
  }

  @Test
  void whatWatchesTheClusterAsksEachProcessAndIsGivenItsFiles() {
    Yaml services = Deployment.compose().at("services");
    Yaml job =
        Yaml.file(Path.of("deploy", "prometheus", "prometheus.yaml"))
            .at("scrape_configs")
            .list()
            .getFirst();
    assertThat(job.at("job_name").text()).isEqualTo("freshet");
    Yaml targets = job.at("dns_sd_configs").list().getFirst();
    assertThat(targets.at("port").text()).isEqualTo("8080");
    assertThat(Set.copyOf(targets.at("names").texts()))
        .isEqualTo(
            Deployment.freshetServices().keySet().stream()
                .filter(name -> !name.equals("migrate"))
                .collect(Collectors.toSet()));
    for (String service : List.of("prometheus", "grafana")) {
      assertThat(services.at(service, "profiles").texts()).containsExactly("watch");
      services.at(service, "volumes").texts().stream()
          .filter(volume -> volume.startsWith("./"))
          .forEach(
              volume -> assertThat(Path.of("deploy", volume.substring(2).split(":")[0])).exists());
    }
    assertThat(services.at("grafana", "volumes").texts())
        .anyMatch(volume -> volume.startsWith("./grafana/freshet.json:"));
  }

  @Test
  void theRolesOfEachPlatformMakeAWholeCluster() {
    List<String> compose =
        Deployment.freshetServices().values().stream()
            .flatMap(service -> service.at("command").texts().stream())
            .toList();
    List<String> kubernetes =
        Deployment.kubernetes("Deployment").stream()
            .flatMap(Yaml::everything)
            .flatMap(each -> each.at("args").texts().stream())
            .toList();
    for (Collection<String> words : List.of(compose, kubernetes, Deployment.procfile().values())) {
      assertThat(words).anyMatch(word -> word.matches(".*\\bmigrate"));
      Set<Role> roles = EnumSet.noneOf(Role.class);
      words.stream()
          .map(ROLES::matcher)
          .filter(Matcher::find)
          .forEach(found -> roles.addAll(Role.parse(found.group(1))));
      assertThat(roles).isEqualTo(EnumSet.allOf(Role.class));
    }
  }

  @Test
  void theJavaMachineHasTheSameOptionsEverywhere() {
    String launcher = Deployment.read("freshet");
    List<String> options =
        Deployment.javaOptions(launcher.substring(launcher.indexOf("/bin/java\" \\")));
    assertThat(options).hasSizeGreaterThan(5).contains("-XX:+UseCompactObjectHeaders");
    Map<String, String> procfile = Deployment.procfile();
    assertThat(procfile).containsOnlyKeys("release", "web", "worker");
    List<String> lines = new ArrayList<>(procfile.values());
    lines.removeIf(line -> line.endsWith(" migrate"));
    lines.add(String.join(" ", Deployment.dockerfileList("ENTRYPOINT")));
    assertThat(lines)
        .hasSize(3)
        .allMatch(line -> line.contains("${FRESHET_JAVA_OPTS:-}"))
        .allSatisfy(line -> assertThat(Deployment.javaOptions(line)).isEqualTo(options));
  }

  @Test
  void pathsAndPortsOfTheImageAgree() {
    String dockerfile = Deployment.read("Dockerfile");
    assertThat(dockerfile)
        .contains("/src/target/freshet.jar " + Deployment.IMAGE_JAR)
        .contains("COPY deploy/health /opt/freshet/health")
        .contains("CMD [\"/bin/bash\", \"/opt/freshet/health\"]")
        .contains("EXPOSE 8080")
        .contains("USER 10001:10001");
    assertThat(String.join(" ", Deployment.dockerfileList("ENTRYPOINT")))
        .contains("-jar " + Deployment.IMAGE_JAR);
    Deployment.freshetServices()
        .forEach((name, service) -> {
          assertThat(Deployment.environment(service)).containsEntry("PORT", "8080");
          assertThat(service.at("read_only").text()).as(name).isEqualTo("true");
          assertThat(service.at("tmpfs").texts())
              .as(name)
              .anyMatch(t -> t.startsWith("/var/lib/fres"));
        });
    assertThat(Deployment.read("deploy/nginx.conf")).contains("server web:8080 resolve");
  }

  @Test
  void everyPlatformBuildsWithTheJavaOfTheSources() {
    Matcher release =
        Pattern.compile("<maven.compiler.release>(\\d+)<").matcher(Deployment.read("pom.xml"));
    assertThat(release.find()).isTrue();
    assertThat(Deployment.read("system.properties"))
        .contains("java.runtime.version=" + release.group(1));
    assertThat(Deployment.read("Dockerfile"))
        .contains("eclipse-temurin-" + release.group(1))
        .contains("eclipse-temurin:" + release.group(1));
  }

  @Test
  void everyPlatformBringsWhatBuildsThePage() {
    String engine =
        Json.MAPPER.readTree(Deployment.read("package.json")).at("/engines/node").asString();
    String image = "FROM node:" + engine.replace(".x", "-slim") + " AS page";
    assertThat(Deployment.read("Dockerfile").lines()).contains(image);
    assertThat(Deployment.appJson().path("buildpacks").valueStream().map(it -> it.path("url")))
        .extracting(JsonNode::asString)
        .containsExactly("heroku/nodejs", "heroku/java");
    assertThat(Deployment.read(".dockerignore").lines())
        .contains("!web", "web/node_modules")
        .doesNotContain("!target");
    String engines =
        Json.MAPPER.readTree(Deployment.read("web/package.json")).at("/engines/node").asString();
    assertThat(engines).isEqualTo("^20.19.0 || >=22.12.0");
    assertThat(Deployment.read(".mvn/jdk.sh")).contains("Node.js 20.19, 22.12 or newer");
  }

  @Test
  void herokuRunsWhatTheProcfileNames() {
    Set<String> formation = new TreeSet<>();
    Deployment.appJson().path("formation").propertyNames().forEach(formation::add);
    assertThat(formation).isSubsetOf(Deployment.procfile().keySet()).contains("web", "worker");
    assertThat(Deployment.procfile())
        .containsEntry("release", "java -jar target/freshet.jar migrate");
  }

  /** Loads the whole configuration from these, so that a value that is refused is found too. */
  private static void areSettings(Map<String, String> environment) {
    ConfigSource source = FreshetConfig.source(environment, Map.of());
    FreshetConfig.load(source);
    Set<String> used = new TreeSet<>(READ_ELSEWHERE);
    source.entries().stream().map(ConfigSource.Entry::origin).forEach(used::add);
    used.add("FRESHET_HOME");
    assertThat(used).containsAll(environment.keySet());
  }
}
