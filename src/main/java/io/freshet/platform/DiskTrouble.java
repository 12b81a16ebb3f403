package io.freshet.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What a file system can do to us, put into one sentence each. */
final class DiskTrouble {
  private static final String FULL = "No space left on device";

  private DiskTrouble() {}

  /** Says what failed and why; {@code task} completes "Cannot ...". */
  static OperatorException sentence(String task, IOException e) {
    String said = String.valueOf(e.getMessage());
    if (said.contains(FULL) || said.contains("Disk quota exceeded")) {
      return new OperatorException(
          "Cannot " + task + ": the disk is full; free some space and start again.", e);
    }
    if (e instanceof AccessDeniedException
        || said.contains("Permission denied")
        || said.contains("Read-only file system")) {
      return new OperatorException("Cannot " + task + ": this user may not write there.", e);
    }
    return new OperatorException(
        "Cannot " + task + ": " + e.getClass().getSimpleName() + " " + said + ".", e);
  }

  static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> files = Files.walk(root)) {
      deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (ReadOnlyFileSystemException e) {
      throw new IOException("Read-only file system", e);
    }
    for (Path file : deepestFirst) {
      Files.deleteIfExists(file);
    }
  }
}
