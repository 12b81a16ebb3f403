package io.freshet.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.freshet.platform.Database;
import io.freshet.testkit.TestDatabase;
import io.freshet.web.ApiDescription.Operation;
import io.freshet.web.page.AssetsResource;
import io.freshet.web.page.PageResource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The description and the server say the same. */
class ApiDescriptionTest {
  private static final ApiDescription API = ApiDescription.ours();

  /** No REST: docs/live.md has the protocol of Centrifugo, and the contract its channel. */
  private static final Set<String> SPOKEN_OTHERWISE =
      Set.of(
          "/connection/websocket",
          "/connection/sse",
          "/connection/http_stream",
          "/emulation",
          "/api/{method}",
          "/post/feed/posted");

  @Test
  void describesEveryRouteAndNoOther() {
    Set<String> routes;
    try (Database database = TestDatabase.open();
        TestSite site = TestSite.on(database)) {
      routes =
          site.site().resources().stream()
              .filter(resource -> !isForBrowsers(resource))
              .flatMap(resource -> resource.routes().stream())
              .filter(route -> !SPOKEN_OTHERWISE.contains(route.path()))
              .map(route -> route.method().text() + " " + route.path())
              .collect(Collectors.toCollection(TreeSet::new));
    }
    Set<String> described =
        API.operations().stream()
            .map(Operation::name)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(described).isEqualTo(routes);
  }

  /** What browsers show and load: the page, its files, and the page of the description. */
  private static boolean isForBrowsers(Resource resource) {
    return resource instanceof DocsResource
        || resource instanceof PageResource
        || resource instanceof AssetsResource;
  }

  @Test
  void givesEachOperationItsOwnIdASummaryAndDescribedAnswers() {
    List<Operation> operations = API.operations();
    assertThat(operations)
        .extracting(operation -> operation.node().path("operationId").asString(""))
        .doesNotHaveDuplicates()
        .doesNotContain("");
    for (Operation operation : operations) {
      assertThat(operation.node().path("summary").asString("")).as(operation.name()).isNotEmpty();
      operation
          .node()
          .path("responses")
          .forEach(response ->
              assertThat(API.resolve(response).has("description")).as(operation.name()).isTrue());
      assertThat(operation.parameters())
          .as(operation.name())
          .allSatisfy(parameter -> assertThat(parameter.has("schema")).isTrue());
    }
  }

  @Test
  void describesEveryParameterOfEveryPath() {
    for (Operation operation : API.operations()) {
      Set<String> inPath =
          java.util.regex.Pattern.compile("\\{(\\w+)}")
              .matcher(operation.path())
              .results()
              .map(found -> found.group(1))
              .collect(Collectors.toSet());
      Set<String> described =
          operation.parameters().stream()
              .filter(it -> it.path("in").asString().equals("path"))
              .map(it -> it.path("name").asString())
              .collect(Collectors.toSet());
      assertThat(described).as(operation.name()).isEqualTo(inPath);
    }
  }

  @Test
  void showsExamplesThatItsOwnSchemasAllow() {
    SchemaRegistry schemas = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    int examples = 0;
    for (Operation operation : API.operations()) {
      JsonNode example = operation.node().at("/requestBody/content/application~1json/example");
      if (!example.isMissingNode()) {
        examples++;
        assertThat(schemas.getSchema(API.standalone(operation.body())).validate(example))
            .as(operation.name())
            .isEmpty();
      }
    }
    assertThat(examples).isGreaterThan(5);
  }
}
