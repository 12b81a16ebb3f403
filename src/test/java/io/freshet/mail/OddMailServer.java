package io.freshet.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/** A mail server that answers each command well but those it is told to refuse. */
final class OddMailServer implements AutoCloseable {
  private static final Map<String, String> GOOD =
      Map.of("DATA", "354 go on", "QUIT", "221 bye", ".", "250 taken");

  private final ServerSocket socket;
  private final Map<String, String> refusals;

  private OddMailServer(ServerSocket socket, Map<String, String> refusals) {
    this.socket = socket;
    this.refusals = refusals;
  }

  static OddMailServer start(Map<String, String> refusals) throws IOException {
    ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    OddMailServer server = new OddMailServer(socket, refusals);
    Thread.startVirtualThread(server::serve);
    return server;
  }

  int port() {
    return socket.getLocalPort();
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (Socket client = socket.accept()) {
        talk(client);
      } catch (IOException e) {
        // The client or the test has left.
      }
    }
  }

  private void talk(Socket client) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
    OutputStream out = client.getOutputStream();
    say(out, "220 odd");
    boolean isText = false;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (isText && !line.equals(".")) {
        continue;
      }
      String command = line.split(" ")[0].toUpperCase(Locale.ROOT);
      String reply = refusals.getOrDefault(command, GOOD.getOrDefault(command, "250 fine"));
      isText = command.equals("DATA") && reply.startsWith("354");
      say(out, reply);
    }
  }

  private static void say(OutputStream out, String line) throws IOException {
    out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
