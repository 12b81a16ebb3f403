package io.freshet.platform.rabbit;

import com.rabbitmq.client.Address;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.impl.ForgivingExceptionHandler;
import io.freshet.platform.OperatorException;
import java.io.IOException;
import java.net.Socket;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where RabbitMQ is and who signs in: {@code amqp://user:password@host:port/vhost}; several nodes
 * of a cluster are given as {@code host1:port,host2:port}. With {@code amqps} the server's
 * certificate must be one that the Java machine trusts.
 */
public final class RabbitAddress {
  private static final Logger LOG = LoggerFactory.getLogger(RabbitAddress.class);
  private static final Pattern FORM =
      Pattern.compile("(?<scheme>amqps?)://(?<login>[^@/]*@)?(?<hosts>[^@/?]+)(?<rest>[/?].*)?");

  /** Until a connection stands, and until an answer to a question has come. */
  private static final int TIMEOUT_MILLIS = 5_000;

  /** A peer that says nothing for twice this long is taken for dead. */
  private static final int HEARTBEAT_SECONDS = 10;

  private final ConnectionFactory factory = new ConnectionFactory();
  private final List<Address> nodes;

  /**
   * @throws OperatorException if it is no such address
   */
  public RabbitAddress(String url) {
    Matcher form = FORM.matcher(url);
    if (!form.matches()) {
      throw malformed();
    }
    List<String> hosts = List.of(form.group("hosts").split(",", -1));
    String login = form.group("login") == null ? "" : form.group("login");
    String rest = form.group("rest") == null ? "" : form.group("rest");
    try {
      factory.setUri(form.group("scheme") + "://" + login + hosts.getFirst() + rest);
      nodes = hosts.stream().map(host -> address(host, factory.getPort())).toList();
      if (factory.isSSL()) {
        // Else the client would trust any certificate.
        factory.useSslProtocol(SSLContext.getDefault());
        factory.enableHostnameVerification();
      }
    } catch (URISyntaxException | GeneralSecurityException | IllegalArgumentException e) {
      throw malformed();
    }
    // A connection lives once, and whoever uses it knows: nothing comes back behind its back.
    factory.setAutomaticRecoveryEnabled(false);
    factory.setTopologyRecoveryEnabled(false);
    factory.setConnectionTimeout(TIMEOUT_MILLIS);
    factory.setHandshakeTimeout(TIMEOUT_MILLIS);
    factory.setChannelRpcTimeout(TIMEOUT_MILLIS);
    factory.setRequestedHeartbeat(HEARTBEAT_SECONDS);
    factory.setThreadFactory(Thread.ofVirtual().name("rabbitmq").factory());
    factory.setSharedExecutor(Executors.newVirtualThreadPerTaskExecutor());
    factory.setExceptionHandler(new Quiet());
  }

  /** The nodes, without anything secret. */
  public String shown() {
    return nodes.stream().map(Address::toString).collect(Collectors.joining(","));
  }

  /**
   * A connection to whichever node takes it.
   *
   * @param sockets is given what the connection speaks through, to cut it off
   */
  public Connection connect(String purpose, Consumer<Socket> sockets) throws IOException {
    ConnectionFactory mine = factory.clone();
    mine.setSocketConfigurator(factory.getSocketConfigurator().andThen(sockets::accept));
    try {
      return mine.newConnection(nodes, "freshet " + purpose);
    } catch (TimeoutException e) {
      throw new IOException("no answer within " + TIMEOUT_MILLIS + " ms", e);
    }
  }

  private static Address address(String host, int defaultPort) {
    Address parsed = Address.parseAddress(host);
    return parsed.getPort() > 0 ? parsed : new Address(parsed.getHost(), defaultPort);
  }

  private static OperatorException malformed() {
    return new OperatorException(
        "rabbitmq.url must look like amqp://user:password@host:port/vhost or amqps://...; write"
            + " special characters of the password as %XX, and the vhost / as %2F or leave it out.");
  }

  /** What goes wrong in the driver ends the link, which is told of once. */
  private static final class Quiet extends ForgivingExceptionHandler {
    @Override
    protected void log(String message, Throwable e) {
      LOG.debug("{}", message, e);
    }
  }
}
