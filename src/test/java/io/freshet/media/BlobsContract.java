package io.freshet.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every place for files must do. */
abstract class BlobsContract {
  private static final String KEY = "0123456789abcdef0123456789abcd";

  @TempDir private Path directory = Path.of("");

  abstract Blobs blobs();

  @Test
  void keepsAFileWholeAndInParts() throws IOException {
    put("00", "0123456789");
    assertThat(blobs().size(name("00"))).contains(10L);
    assertThat(read("00", 0, 10)).isEqualTo("0123456789");
    assertThat(read("00", 3, 4)).isEqualTo("3456");
    assertThat(read("00", 9, 1)).isEqualTo("9");
  }

  @Test
  void knowsNothingOfWhatIsNotThere() {
    assertThat(blobs().size(name("aa"))).isEmpty();
    assertThat(blobs().read(name("aa"), 0, 1)).isEmpty();
    assertThatCode(() -> blobs().delete(List.of(name("aa")))).doesNotThrowAnyException();
    assertThat(blobs().names("", 10)).isEmpty();
  }

  @Test
  void deletesForGood() throws IOException {
    put("00", "x");
    put("01", "y");
    blobs().delete(List.of(name("00"), name("aa")));
    assertThat(blobs().size(name("00"))).isEmpty();
    assertThat(blobs().names("", 10)).containsExactly(name("01").text());
  }

  /** Who was cut short puts the same file again. */
  @Test
  void takesTheSameFileTwice() throws IOException {
    put("00", "first");
    put("00", "first");
    assertThat(read("00", 0, 5)).isEqualTo("first");
  }

  @Test
  void listsInOrderPageByPage() throws IOException {
    List<String> expected = new ArrayList<>();
    for (String start : List.of("00", "0f", "7a", "ff", "f0")) {
      put(start, "x");
      expected.add(name(start).text());
    }
    expected.sort(null);
    List<String> listed = new ArrayList<>();
    List<String> page = blobs().names("", 2);
    while (!page.isEmpty()) {
      assertThat(page).hasSizeLessThanOrEqualTo(2);
      listed.addAll(page);
      page = blobs().names(page.getLast(), 2);
    }
    assertThat(listed).isEqualTo(expected);
  }

  static FileName name(String start) {
    return FileName.parse(start + KEY + ".jpg").orElseThrow();
  }

  void put(String start, String content) throws IOException {
    Path file = directory.resolve("file");
    Files.writeString(file, content);
    blobs().put(name(start), file);
  }

  String read(String start, long from, long count) throws IOException {
    try (InputStream stream = blobs().read(name(start), from, count).orElseThrow()) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
