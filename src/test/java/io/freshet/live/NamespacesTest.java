package io.freshet.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.platform.OperatorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamespacesTest {
  private static final Namespaces OWN = Namespaces.own(new Keeping(10, Duration.ofMinutes(5)));

  @TempDir Path directory;

  private Namespaces read(String json) throws IOException {
    return OWN.with(Files.writeString(directory.resolve("namespaces.json"), json));
  }

  @Test
  void readsOptionsByTheirUsualNames() throws IOException {
    Namespaces read =
        read(
            """
            {"without_namespace": {"presence": true},
             "namespaces": [{"name": "chat", "history_size": 7, "history_ttl": "2m",
                             "force_recovery": true, "join_leave": false}]}
            """);
    assertThat(read.of(ChannelName.of("lobby")).has(Option.PRESENCE)).isTrue();
    Namespace chat = read.of(ChannelName.of("$chat:room#1,2"));
    assertThat(chat.keeping()).isEqualTo(new Keeping(7, Duration.ofMinutes(2)));
    assertThat(chat.has(Option.FORCE_RECOVERY)).isTrue();
    assertThat(chat.has(Option.JOIN_LEAVE)).isFalse();
    assertThat(read.of(ChannelName.of("personal:#1")).has(Option.FORCE_RECOVERY)).isTrue();
  }

  @Test
  void saysWhatIsWrongWithAFile() {
    assertThatThrownBy(() -> read("{\"namespaces\": [{\"name\": \"a\", \"histroy_size\": 1}]}"))
        .isInstanceOf(OperatorException.class)
        .hasMessageContaining("\"histroy_size\"");
    assertThatThrownBy(() -> read("{\"namespaces\": [{}]}")).hasMessageContaining("no name");
    assertThatThrownBy(() -> read("{\"rooms\": 1}")).hasMessageContaining("\"rooms\"");
    assertThatThrownBy(() -> read("{")).isInstanceOf(OperatorException.class);
    assertThatThrownBy(() -> read("{\"without_namespace\": {\"history_ttl\": \"soon\"}}"))
        .hasMessageContaining("no duration");
    assertThatThrownBy(() -> OWN.with(directory.resolve("missing.json")))
        .hasMessageContaining("Cannot read");
  }
}
