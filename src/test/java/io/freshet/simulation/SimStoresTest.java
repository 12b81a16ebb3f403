package io.freshet.simulation;

import io.freshet.contract.GraphStoreContract;
import io.freshet.contract.OutboxStoreContract;
import io.freshet.contract.PostStoreContract;
import io.freshet.contract.ShareStoreContract;
import io.freshet.graph.GraphStore;
import io.freshet.outbox.Event;
import io.freshet.outbox.OutboxStore;
import io.freshet.post.PostStore;
import org.junit.jupiter.api.Nested;

/** The simulated stores do what the real ones do. */
class SimStoresTest {
  private final SimDatabase database = new SimDatabase(Hazards.none(), () -> {}, event -> {});

  @Nested
  class Posts extends PostStoreContract {
    @Override
    protected PostStore posts() {
      return database.posts;
    }

    @Override
    protected OutboxStore outbox() {
      return database.outbox;
    }
  }

  @Nested
  class Shares extends ShareStoreContract {
    @Override
    protected PostStore posts() {
      return database.posts;
    }

    @Override
    protected OutboxStore outbox() {
      return database.outbox;
    }
  }

  @Nested
  class Graph extends GraphStoreContract {
    @Override
    protected GraphStore graph() {
      return database.graph;
    }

    @Override
    protected OutboxStore outbox() {
      return database.outbox;
    }
  }

  @Nested
  class Events extends OutboxStoreContract {
    @Override
    protected OutboxStore outbox() {
      return database.outbox;
    }

    @Override
    protected void append(Event event) {
      database.outbox.append(database.ids.next(), event);
    }
  }
}
