package io.freshet.journey;

import io.freshet.testkit.FreshetCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Freshet as a process of its own. */
final class FreshetProcess {
  private static final Pattern ADDRESS = Pattern.compile("http://localhost:(\\d+)");

  /** What a command left that has ended. */
  record Outcome(int code, String out, String err) {}

  private final Process process;
  private final int port;

  private FreshetProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts {@code serve} and returns when it serves. */
  static FreshetProcess serve(Map<String, String> environment) {
    try {
      Process process = start(environment, ProcessBuilder.Redirect.INHERIT, "serve");
      BufferedReader out =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        Matcher address = ADDRESS.matcher(line);
        if (address.find()) {
          return new FreshetProcess(process, Integer.parseInt(address.group(1)));
        }
      }
      throw new IllegalStateException("it ended with " + process.waitFor());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static Outcome run(Map<String, String> environment, String... arguments) {
    try {
      Path err = Files.createTempFile("freshet", ".err");
      Process process = start(environment, ProcessBuilder.Redirect.to(err.toFile()), arguments);
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      Outcome outcome = new Outcome(process.waitFor(), out, Files.readString(err));
      Files.delete(err);
      return outcome;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  String address() {
    return "http://127.0.0.1:" + port;
  }

  int port() {
    return port;
  }

  /** As with kill -9. */
  void kill() {
    process.destroyForcibly();
    await();
  }

  /** As with kill, and waits until it has gone. */
  void stop() {
    process.destroy();
    await();
  }

  private void await() {
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        throw new IllegalStateException("it does not stop");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Process start(
      Map<String, String> environment, ProcessBuilder.Redirect err, String... arguments)
      throws IOException {
    return FreshetCommand.of(environment, List.of(), arguments).redirectError(err).start();
  }
}
