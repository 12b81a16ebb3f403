package io.freshet.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.MessageProperties;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class RabbitServerTest {
  @Test
  void keepsWhatItConfirmedWhenItIsKilledAndRestarted() throws Exception {
    try (RabbitServer server = RabbitServer.start()) {
      try (Connection connection = connect(server);
          Channel channel = connection.createChannel()) {
        channel.confirmSelect();
        channel.queueDeclare("kept", true, false, false, Map.of("x-queue-type", "quorum"));
        channel.basicPublish("", "kept", MessageProperties.PERSISTENT_BASIC, new byte[] {7});
        channel.waitForConfirmsOrDie(10_000);
        server.kill();
        assertThatThrownBy(() -> connect(server)).isInstanceOf(IOException.class);
      } catch (com.rabbitmq.client.AlreadyClosedException e) {
        // Closing what the kill has closed.
      }
      server.restart();
      try (Connection connection = connect(server);
          Channel channel = connection.createChannel()) {
        assertThat(channel.basicGet("kept", true).getBody()).containsExactly(7);
      }
      assertThat(server.ctl("list_queues", "name")).contains("kept");
    }
  }

  private static Connection connect(RabbitServer server) throws Exception {
    ConnectionFactory factory = new ConnectionFactory();
    factory.setUri(server.url());
    return factory.newConnection();
  }
}
