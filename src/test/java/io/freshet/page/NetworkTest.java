package io.freshet.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The line between a browser and the server can be made bad and good again, sockets included. */
class NetworkTest {
  /** A connection to the live endpoint that writes down what happens to it. */
  private static final String CONNECT =
      """
      () => new Promise(done => {
        const socket = new WebSocket('/connection/websocket');
        socket.onopen = () => socket.send('{"id":1,"connect":{}}');
        socket.onmessage = () => { window.state = 'connected'; done(window.state) };
        socket.onclose = () => { window.state = 'closed'; done(window.state) };
      })
      """;

  private static final String ASK =
      "() => fetch('/health/live').then(it => it.status, () => 'no answer')";

  @RegisterExtension private final Browsers browsers = new Browsers();
  private Visitor visitor;

  NetworkTest() {
    visitor = browsers.visitor();
  }

  @BeforeEach
  void open() {
    visitor.opens("/docs");
    assertThat(visitor.page().evaluate(CONNECT)).isEqualTo("connected");
  }

  @Test
  void aCutBreaksSocketsAndRefusesNewOnes() {
    visitor.cut();
    visitor.awaits("window.state === 'closed'");
    assertThat(visitor.page().evaluate(CONNECT)).isEqualTo("closed");
    assertThat(visitor.page().evaluate(ASK)).isEqualTo("no answer");
    assertThat(visitor.page().evaluate("navigator.onLine")).isEqualTo(true);
    assertThat(visitor.problems()).isNotEmpty();
    visitor.mend();
    assertThat(visitor.page().evaluate(CONNECT)).isEqualTo("connected");
    assertThat(visitor.page().evaluate(ASK)).isEqualTo(200);
  }

  @Test
  void anUnpluggedBrowserKnowsIt() {
    visitor
        .page()
        .evaluate(
            "() => ['offline', 'online'].forEach(it => addEventListener(it, () => window.told = it))");
    visitor.unplug();
    visitor.awaits("window.told === 'offline' && window.state === 'closed'");
    assertThat(visitor.page().evaluate(ASK)).isEqualTo("no answer");
    visitor.mend();
    visitor.awaits("window.told === 'online'");
    assertThat(visitor.page().evaluate(CONNECT)).isEqualTo("connected");
  }

  @Test
  void aStalledLineDeliversWhenItIsMended() {
    visitor.stall();
    visitor
        .page()
        .evaluate("() => { fetch('/health/live').then(it => { window.answer = it.status }) }");
    assertThat(visitor.page().evaluate("window.answer")).isNull();
    assertThat(visitor.page().evaluate("window.state")).isEqualTo("connected");
    visitor.mend();
    visitor.awaits("window.answer === 200");
    assertThat(visitor.page().evaluate("window.state")).isEqualTo("connected");
  }

  @Test
  void anothersLineIsNotConcerned() {
    Visitor other = browsers.visitor().opens("/docs");
    visitor.cut();
    assertThat(other.page().evaluate(ASK)).isEqualTo(200);
  }
}
