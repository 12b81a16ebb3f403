package io.freshet.page;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The people of a test and their browsers. Register it as an extension: after each test it closes
 * them, takes pictures for {@code target/page} if the test failed, and fails the test if anything
 * went wrong in a browser that the test had not said.
 *
 * <pre>{@code
 * @RegisterExtension private final Browsers browsers = new Browsers();
 *
 * @Test
 * void aPostComesWithoutReloading() {
 *   Person ada = browsers.person("Ada Lovelace");
 *   Person charles = browsers.person("Charles Babbage");
 *   charles.follows(ada);
 *   Visitor reader = browsers.visitor(charles).opens("/");
 *   ada.posts("Notes on the engine");
 *   assertThat(reader.page().getByRole(AriaRole.ARTICLE)).containsText("Notes on the engine");
 *   reader.isAccessible();
 * }
 * }</pre>
 */
public final class Browsers implements AfterEachCallback {
  private static final Path PICTURES = Path.of("target", "page");

  private final List<Visitor> visitors = new ArrayList<>();

  /** The server that they all look at. */
  public PageServer server() {
    return PageServer.running();
  }

  /** Registers somebody, without a browser. */
  public Person person(String name) {
    return server().person(name);
  }

  /** A browser of somebody who is signed out. */
  public Visitor visitor() {
    return visitor(Look.USUAL);
  }

  public Visitor visitor(Look look) {
    Visitor visitor = Visitor.of(server(), look);
    visitors.add(visitor);
    return visitor;
  }

  /** A browser of somebody who is signed in. */
  public Visitor visitor(Person person) {
    return visitor(person, Look.USUAL);
  }

  public Visitor visitor(Person person, Look look) {
    return visitor(look).as(person);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    String name =
        context.getRequiredTestClass().getSimpleName()
            + "."
            + context.getRequiredTestMethod().getName();
    end(name, context.getExecutionException());
  }

  /**
   * Closes all browsers.
   *
   * @param name of the test, for its pictures
   * @param failure what it has failed with already
   * @throws AssertionError if it had not failed, and something went wrong
   */
  void end(String name, Optional<Throwable> failure) {
    List<String> problems = new ArrayList<>();
    try {
      visitors.stream().map(Visitor::unexpected).forEach(problems::addAll);
      if (failure.isPresent() || !problems.isEmpty()) {
        problems.addAll(pictures(name));
      }
    } finally {
      close();
    }
    if (!problems.isEmpty()) {
      AssertionError error = new AssertionError("In the browser:\n" + String.join("\n", problems));
      failure.ifPresentOrElse(
          earlier -> earlier.addSuppressed(error),
          () -> {
            throw error;
          });
    }
  }

  /** Closes all browsers, whatever has happened in them. */
  void close() {
    visitors.forEach(Visitor::close);
    visitors.clear();
  }

  private List<String> pictures(String name) {
    return Stream.iterate(0, number -> number < visitors.size(), number -> number + 1)
        .flatMap(
            number -> visitors.get(number).pictures(PICTURES, name + "-" + (number + 1)).stream())
        .map(file -> "picture: " + file)
        .collect(Collectors.toList());
  }
}
