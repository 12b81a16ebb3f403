package io.freshet.platform;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/**
 * The directory of one Freshet: {@code lock} (held while a process uses it), {@code secret}, {@code
 * run/server.json} (how to reach that process), {@code postgres} (the embedded server), {@code
 * media} and {@code uploads} (pictures and videos).
 */
public record Home(Path directory) {
  private static final int SECRET_BYTES = 48;

  /** Those that stand in our own files; a test looks there for more. */
  private static final Set<String> EXAMPLES = Set.of("at-least-32-characters-that-nobody-knows");

  /** Different characters: 32 random hexadecimal digits have fewer once in some 10^11 times. */
  private static final int LEAST_VARIETY = 6;

  private static final int MIN_SECRET_LENGTH = 32;

  /**
   * Held by the one process that uses the directory; the system frees it when that process dies.
   */
  public interface Lock extends AutoCloseable {
    @Override
    void close();
  }

  public Path postgres() {
    return directory.resolve("postgres");
  }

  /** The files of pictures and videos. */
  public Path media() {
    return directory.resolve("media");
  }

  /** What is being sent and is not kept yet. */
  public Path uploads() {
    return directory.resolve("uploads");
  }

  public Path runFile() {
    return directory.resolve("run").resolve("server.json");
  }

  /** Takes the directory for this process, or says that another one has it. */
  public Lock lock() {
    Path file = directory.resolve("lock");
    try {
      Files.createDirectories(directory);
      @SuppressWarnings("resource") // closed by the lock that is returned
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      Optional<FileLock> lock = tryLock(channel);
      if (lock.isEmpty()) {
        channel.close();
        throw new OperatorException(
            "Another Freshet is using "
                + directory
                + ": stop it first, or set FRESHET_HOME to a directory of its own.");
      }
      return () -> release(channel);
    } catch (IOException e) {
      throw DiskTrouble.sentence("use the directory " + directory, e);
    }
  }

  /** What signs the tokens: as given, or from the file given, or generated once and kept here. */
  public String secret(FreshetConfig.Tokens given) {
    Path kept = given.secretFile().orElse(directory.resolve("secret"));
    try {
      if (given.secret().isEmpty() && given.secretFile().isEmpty() && !Files.exists(kept)) {
        byte[] random = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(random);
        OwnerOnly.write(kept, HexFormat.of().formatHex(random) + "\n");
      }
      String secret =
          given.secret().isPresent() ? given.secret().get() : Files.readString(kept).strip();
      if (secret.length() < MIN_SECRET_LENGTH) {
        throw new OperatorException(
            "The secret has "
                + secret.length()
                + " characters; give it at least "
                + MIN_SECRET_LENGTH
                + ", for example with: openssl rand -hex 32.");
      }
      if (EXAMPLES.contains(secret) || secret.chars().distinct().count() < LEAST_VARIETY) {
        throw new OperatorException(
            "The secret is one of the examples, which everybody knows: make one of your own, for"
                + " example with: openssl rand -hex 32.");
      }
      return secret;
    } catch (IOException e) {
      throw DiskTrouble.sentence("read the secret in " + kept, e);
    }
  }

  private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
    try {
      return Optional.ofNullable(channel.tryLock());
    } catch (OverlappingFileLockException e) {
      return Optional.empty();
    }
  }

  private static void release(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw DiskTrouble.sentence("release the lock of the home directory", e);
    }
  }
}
