package io.freshet.app.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.platform.OperatorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostTextsTest {
  @TempDir private Path directory = Path.of("");

  @Test
  void readsTheColumnText() throws IOException {
    assertThat(PostTexts.read(file("id,text,user\r\n1,hello,a\r\n2,world,b\r\n")))
        .containsExactly("hello", "world");
  }

  @Test
  void readsQuotedFieldsWithCommasQuotesAndLineEnds() throws IOException {
    assertThat(PostTexts.read(file("text,n\n\"a, \"\"b\"\"\nc\",1\n\"\",2\nplain,3")))
        .containsExactly("a, \"b\"\nc", "plain");
  }

  @Test
  void cutsWhatIsTooLongForAPostBetweenCharacters() throws IOException {
    String text = PostTexts.read(file("text\n" + "\uD83D\uDE00".repeat(1_200) + "\n")).getFirst();
    assertThat(text).isEqualTo("\uD83D\uDE00".repeat(1_000));
  }

  @Test
  void namesTheLineThatIsWrong() throws IOException {
    Path open = file("text,n\nfine,1\n\"never closed,2\nx\n");
    assertThatThrownBy(() -> PostTexts.read(open))
        .isInstanceOf(OperatorException.class)
        .hasMessageContaining("line 3: a quoted field is never closed");
    Path narrow = file("n,text\n\n1,a\n2\n");
    assertThatThrownBy(() -> PostTexts.read(narrow))
        .isInstanceOf(OperatorException.class)
        .hasMessageContaining("line 4: the row has 1 columns");
    Path other = file("a,b\n1,2\n");
    assertThatThrownBy(() -> PostTexts.read(other)).hasMessageContaining("no column \"text\"");
  }

  @Test
  void makesUpTheSameTextsFromTheSameSeed() {
    assertThat(PostTexts.madeUp(5))
        .isEqualTo(PostTexts.madeUp(5))
        .isNotEqualTo(PostTexts.madeUp(6));
  }

  private Path file(String text) throws IOException {
    return Files.writeString(Files.createTempFile(directory, "posts", ".csv"), text);
  }
}
