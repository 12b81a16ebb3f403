package io.freshet.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.freshet.live.protocol.ClientInfo;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What all presences do. */
public abstract class PresencesContract {
  private static final String A = "question:1";
  private static final String B = "question:2";
  private static final ClientInfo ANNA = info("7", "c-1");
  private static final ClientInfo BORIS = info("8", "c-2");

  protected abstract Presences presences();

  /** Lets so much time pass. */
  protected abstract void pass(Duration time);

  @Test
  void knowsWhoIsOnAChannel() {
    presences().add(A, ANNA);
    presences().add(A, BORIS);
    presences().add(B, BORIS);
    assertThat(presences().of(A)).hasSize(2).containsEntry("c-1", ANNA).containsEntry("c-2", BORIS);
    assertThat(presences().of(B)).containsOnlyKeys("c-2");
    assertThat(presences().of("question:3")).isEmpty();
  }

  @Test
  void takesTheNewestInformation() {
    presences().add(A, ANNA);
    ClientInfo other = ANNA.toBuilder().setChanInfo(ByteString.copyFromUtf8("{}")).build();
    presences().add(A, other);
    assertThat(presences().of(A)).containsOnlyKeys("c-1").containsEntry("c-1", other);
  }

  @Test
  void forgetsWhoHasLeft() {
    presences().add(A, ANNA);
    presences().add(A, BORIS);
    presences().remove(A, "c-1");
    presences().remove(A, "unknown");
    presences().remove("question:3", "c-1");
    assertThat(presences().of(A)).containsOnlyKeys("c-2");
  }

  @Test
  void forgetsWhoIsNotRenewed() {
    presences().add(A, ANNA);
    presences().add(A, BORIS);
    pass(Presences.AGE.minusSeconds(2));
    presences().add(A, BORIS);
    pass(Duration.ofSeconds(4));
    assertThat(presences().of(A)).containsOnlyKeys("c-2");
    pass(Presences.AGE);
    assertThat(presences().of(A)).isEmpty();
  }

  private static ClientInfo info(String user, String client) {
    return ClientInfo.newBuilder().setUser(user).setClient(client).build();
  }
}
