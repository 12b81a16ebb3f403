package io.freshet.web.live;

import io.freshet.live.Connection;
import io.freshet.live.Disconnect;
import io.freshet.live.Live;
import io.freshet.live.Transport;
import java.util.function.Function;

/** What a transport serves: one client's conversation. */
interface Session {
  void receive(byte[] frame);

  /** The transport has ended, whoever ended it. */
  void gone();

  void close(Disconnect disconnect);

  /** Conversations with the server itself. */
  static Function<Transport, Session> of(Live live) {
    return transport -> new Held(live.open(transport));
  }

  /** One that a connection leads. */
  record Held(Connection connection) implements Session {
    @Override
    public void receive(byte[] frame) {
      connection.receive(frame);
    }

    @Override
    public void gone() {
      connection.gone();
    }

    @Override
    public void close(Disconnect disconnect) {
      connection.close(disconnect);
    }
  }
}
