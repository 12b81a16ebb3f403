package io.freshet.testkit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The command line that runs Freshet as a process of its own, with a small heap and a quick start:
 * from the classes of this build, or, with the property {@code freshet.packaged}, from the jar that
 * people have.
 */
public final class FreshetCommand {
  private FreshetCommand() {}

  /**
   * Not started yet.
   *
   * @param environment of Freshet's settings it has these and no others; nobody is limited unless
   *     they say so, for all tests come from one address
   * @param options more of them for the Java machine
   */
  public static ProcessBuilder of(
      Map<String, String> environment, List<String> options, String... arguments) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(
        List.of(
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow"));
    line.addAll(options);
    line.add("-cp");
    line.add(classPath());
    line.add("io.freshet.cli.Freshet");
    line.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().keySet().removeIf(FreshetCommand::isSetting);
    builder.environment().put("FRESHET_LIMITS_ENABLED", "false");
    builder.environment().putAll(environment);
    return builder;
  }

  private static String classPath() {
    if (Boolean.getBoolean("freshet.packaged")) {
      return Path.of("target", "freshet.jar").toAbsolutePath().toString();
    }
    return Optional.ofNullable(System.getProperty("surefire.real.class.path"))
        .orElse(System.getProperty("java.class.path"));
  }

  private static boolean isSetting(String name) {
    return name.startsWith("FRESHET_")
        || name.equals("PORT")
        || name.startsWith("DATABASE_")
        || name.equals("REDIS_URL")
        || name.equals("CLOUDAMQP_URL");
  }
}
