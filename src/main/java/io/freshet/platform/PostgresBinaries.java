package io.freshet.platform;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * The PostgreSQL server that travels in a jar of its own, unpacked once into a directory named by
 * the archive's checksum. Two processes may unpack at the same time: each fills a directory of its
 * own and the first rename wins.
 */
final class PostgresBinaries {
  private PostgresBinaries() {}

  /**
   * Returns the directory that holds {@code bin/postgres}, unpacking it below {@code parent} if it
   * is not there yet.
   */
  static Path unpack(Path parent) {
    String name = "postgres-" + system() + "-" + machine() + ".txz";
    URL archive =
        Optional.ofNullable(PostgresBinaries.class.getResource("/" + name))
            .orElseThrow(() ->
                new OperatorException(
                    "This build carries no PostgreSQL for "
                        + system()
                        + " "
                        + machine()
                        + ": set DATABASE_URL to a server of your own."));
    try {
      JarURLConnection connection = (JarURLConnection) archive.openConnection();
      Path target = parent.resolve("server-" + Long.toHexString(connection.getJarEntry().getCrc()));
      if (!Files.isDirectory(target)) {
        Files.createDirectories(parent);
        Path fresh = Files.createTempDirectory(parent, "unpacking-");
        try (InputStream in = connection.getInputStream()) {
          extract(in, fresh);
        }
        OwnerOnly.readableByAll(fresh);
        publish(fresh, target);
      }
      return target;
    } catch (IOException e) {
      throw DiskTrouble.sentence("unpack the embedded PostgreSQL into " + parent, e);
    }
  }

  private static void publish(Path fresh, Path target) throws IOException {
    try {
      Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (!Files.isDirectory(target)) {
        throw e;
      }
      DiskTrouble.deleteTree(fresh);
    }
  }

  private static void extract(InputStream archive, Path into) throws IOException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(archive)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path file = into.resolve(entry.getName()).normalize();
        if (!file.startsWith(into)) {
          throw new FileAlreadyExistsException(entry.getName(), null, "leaves the directory");
        }
        write(tar, entry, file);
      }
    }
  }

  private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path file)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(file);
      return;
    }
    Files.createDirectories(file.resolveSibling("."));
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(tar, file, StandardCopyOption.REPLACE_EXISTING);
    boolean executable = (entry.getMode() & 0100) != 0;
    if (executable && !file.toFile().setExecutable(true, false)) {
      throw new IOException("cannot make " + file + " executable");
    }
  }

  private static String system() {
    String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    return name.startsWith("mac") ? "darwin" : name.startsWith("windows") ? "windows" : "linux";
  }

  private static String machine() {
    String name = System.getProperty("os.arch", "");
    return switch (name) {
      case "amd64", "x86_64" -> "x86_64";
      case "aarch64", "arm64" -> "arm_64";
      default -> name;
    };
  }
}
