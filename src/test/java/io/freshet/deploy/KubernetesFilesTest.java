package io.freshet.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The manifests fit together and to what the processes answer. */
class KubernetesFilesTest {
  private static final Yaml API = Yaml.file(Path.of("src/main/resources/web/openapi.yaml"));

  @Test
  void kustomizationNamesEveryManifestButTheExample() {
    Yaml kustomization = Yaml.file(Path.of("deploy/kubernetes/kustomization.yaml"));
    List<String> resources = kustomization.at("resources").texts();
    assertThat(resources)
        .allMatch(file -> Files.exists(Path.of("deploy/kubernetes", file)))
        .doesNotContain("secret.example.yaml");
    Set<String> there =
        Set.of(Path.of("deploy/kubernetes").toFile().list()).stream()
            .filter(name -> !name.equals("kustomization.yaml") && !name.contains("example"))
            .collect(Collectors.toSet());
    assertThat(Set.copyOf(resources)).isEqualTo(there);
  }

  @Test
  void namesNoNamespaceAndNoObjectTwice() {
    Set<String> names = new TreeSet<>();
    for (Yaml document : Deployment.kubernetes()) {
      assertThat(document.at("metadata", "namespace").isThere()).isFalse();
      String name = document.at("kind").text() + "/" + document.at("metadata", "name").text();
      assertThat(names.add(name)).as(name).isTrue();
    }
    assertThat(names)
        .contains("Deployment/freshet-web", "Deployment/freshet-worker", "Service/freshet")
        .contains("Deployment/freshet-scheduler", "Ingress/freshet", "ConfigMap/freshet")
        .contains("HorizontalPodAutoscaler/freshet-web", "PodDisruptionBudget/freshet-worker");
  }

  @Test
  void everyProcessIsLockedDownAndBounded() {
    for (Yaml deployment : Deployment.kubernetes("Deployment")) {
      Yaml pod = deployment.at("spec", "template", "spec");
      assertThat(pod.at("securityContext", "runAsNonRoot").text()).isEqualTo("true");
      assertThat(pod.at("securityContext", "runAsUser").text()).isEqualTo("10001");
      assertThat(pod.at("enableServiceLinks").text()).isEqualTo("false");
      Set<String> volumes =
          pod.at("volumes").list().stream()
              .map(volume -> volume.at("name").text())
              .collect(Collectors.toSet());
      assertThat(containers(pod)).hasSize(2);
      for (Yaml container : containers(pod)) {
        assertThat(container.at("image").text()).isEqualTo("freshet");
        assertThat(container.at("securityContext", "readOnlyRootFilesystem").text())
            .isEqualTo("true");
        assertThat(container.at("securityContext", "capabilities", "drop").texts())
            .containsExactly("ALL");
        assertThat(container.at("resources", "limits", "memory").isThere()).isTrue();
        assertThat(container.at("resources", "requests", "cpu").isThere()).isTrue();
        assertThat(container.at("envFrom").list()).hasSize(2);
        assertThat(container.at("volumeMounts").list())
            .allMatch(mount -> volumes.contains(mount.at("name").text()))
            .extracting(mount -> mount.at("mountPath").text())
            .containsExactlyInAnyOrder("/var/lib/freshet", "/tmp");
      }
    }
  }

  @Test
  void probesAskWhatTheProcessesAnswer() {
    for (Yaml deployment : Deployment.kubernetes("Deployment")) {
      Yaml container = deployment.at("spec", "template", "spec", "containers").list().getFirst();
      assertThat(container.at("ports").list().getFirst().at("containerPort").text())
          .isEqualTo("8080");
      Map<String, String> paths = new HashMap<>();
      for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
        assertThat(container.at(probe, "httpGet", "port").text()).isEqualTo("http");
        paths.put(probe, container.at(probe, "httpGet", "path").text());
      }
      assertThat(API.at("paths").map().keySet()).containsAll(paths.values());
      assertThat(paths)
          .containsEntry("livenessProbe", "/health/live")
          .containsEntry("readinessProbe", "/health/ready");
    }
  }

  @Test
  void everyObjectFindsWhatItSpeaksOf() {
    Set<String> components = new TreeSet<>();
    for (Yaml deployment : Deployment.kubernetes("Deployment")) {
      Yaml labels = deployment.at("spec", "template", "metadata", "labels");
      assertThat(deployment.at("spec", "selector", "matchLabels")).isEqualTo(labels);
      components.add(labels.at("app.kubernetes.io/component").text());
    }
    assertThat(components).containsExactly("scheduler", "web", "worker");
    for (Yaml budget : Deployment.kubernetes("PodDisruptionBudget")) {
      assertThat(components)
          .contains(
              budget.at("spec", "selector", "matchLabels", "app.kubernetes.io/component").text());
    }
    Yaml service = Deployment.kubernetes("Service").getFirst();
    assertThat(service.at("spec", "selector", "app.kubernetes.io/component").text())
        .isEqualTo("web");
    assertThat(service.at("spec", "ports").list().getFirst().at("targetPort").text())
        .isEqualTo("http");
    Yaml scaler = Deployment.kubernetes("HorizontalPodAutoscaler").getFirst();
    assertThat(scaler.at("spec", "scaleTargetRef", "name").text()).isEqualTo("freshet-web");
  }

  @Test
  void theIngressLetsInTheWholeApiAndNotTheNumbers() {
    List<Yaml> paths =
        Deployment.kubernetes("Ingress")
            .getFirst()
            .at("spec", "rules")
            .list()
            .getFirst()
            .at("http", "paths")
            .list();
    assertThat(paths)
        .allMatch(path -> path.at("backend", "service", "name").text().equals("freshet"));
    for (String path : API.at("paths").map().keySet()) {
      boolean inside =
          path.equals("/metrics") || path.startsWith("/health/") || path.startsWith("/dev/");
      assertThat(paths.stream().anyMatch(rule -> lets(rule, path))).as(path).isEqualTo(!inside);
    }
  }

  private static boolean lets(Yaml rule, String path) {
    String prefix = rule.at("path").text();
    return path.equals(prefix)
        || (rule.at("pathType").text().equals("Prefix") && path.startsWith(prefix + "/"));
  }

  private static List<Yaml> containers(Yaml pod) {
    return java.util.stream.Stream.of("initContainers", "containers")
        .flatMap(kind -> pod.at(kind).list().stream())
        .toList();
  }
}
