package io.freshet.app.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.platform.OperatorException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GraphFileTest {
  @TempDir private Path directory = Path.of("");

  @Test
  void readsAnEdgeListAsMutualFollows() throws IOException {
    assertThat(edges(file("a.edges", "1 2\n2\t3\n"), false))
        .containsExactlyInAnyOrder("1>2", "2>1", "2>3", "3>2");
  }

  @Test
  void readsADirectedEdgeListOneWay() throws IOException {
    assertThat(edges(file("a.edges", "1 2\n2 3\n"), true)).containsExactlyInAnyOrder("1>2", "2>3");
  }

  @Test
  void skipsTheHeaderOfACsvFile() throws IOException {
    assertThat(edges(file("a.csv", "id_1,id_2\n1,2\n"), true)).containsExactly("1>2");
  }

  @Test
  void readsTheFirstEdgeOfACsvFileWithoutAHeader() throws IOException {
    assertThat(edges(file("a.csv", "1,2\n3,4\n"), true)).containsExactlyInAnyOrder("1>2", "3>4");
  }

  @Test
  void takesTheDirectionFromAJlgFile() throws IOException {
    assertThat(edges(file("a.jlg", "2,1,d,graph\n1,2\n"), false)).containsExactly("1>2");
    assertThat(edges(file("b.jlg", "2,1,u,graph\n1,2\n"), false))
        .containsExactlyInAnyOrder("1>2", "2>1");
  }

  @Test
  void readsCompressedFiles() throws IOException {
    Path file = directory.resolve("a.jlg.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write("2,1,d,graph\n1,2\n".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(edges(file, false)).containsExactly("1>2");
  }

  @Test
  void dropsSelfLoopsAndDoubles() throws IOException {
    assertThat(edges(file("a.edges", "1 1\n1 2\n2 1\n1 2\n"), false))
        .containsExactlyInAnyOrder("1>2", "2>1");
  }

  @Test
  void keepsSomebodyWhoseOnlyEdgeIsASelfLoop() throws IOException {
    assertThat(GraphFile.read(file("a.edges", "7 7\n1 2\n"), true).nodes()).contains(7, 1, 2);
  }

  @Test
  void skipsCommentsAndBlankLinesAndFurtherColumns() throws IOException {
    assertThat(edges(file("a.edges", "# hello\n% hi\n\n1 2 0.5\n 3  4 \n"), true))
        .containsExactlyInAnyOrder("1>2", "3>4");
  }

  @Test
  void namesTheLineThatIsWrong() throws IOException {
    for (String bad : List.of("1", "a b", "1 -2", "1;2", "99999999999999999999 1")) {
      Path file = file("bad.edges", "1 2\n" + bad + "\n");
      assertThatThrownBy(() -> GraphFile.read(file, false))
          .isInstanceOf(OperatorException.class)
          .hasMessageContaining("line 2")
          .hasMessageContaining("nothing was imported");
    }
  }

  @Test
  void noticesAJlgFileThatEndsEarly() throws IOException {
    Path file = file("a.jlg", "3,5,u,graph\n1,2\n");
    assertThatThrownBy(() -> GraphFile.read(file, false))
        .isInstanceOf(OperatorException.class)
        .hasMessageContaining("has 1 edges, but its first line promises 5");
  }

  @Test
  void noticesADamagedArchiveAMissingAndAnEmptyFile() throws IOException {
    Path cut = directory.resolve("cut.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(cut))) {
      out.write("1 2\n".repeat(5_000).getBytes(StandardCharsets.UTF_8));
    }
    Files.write(cut, Arrays.copyOf(Files.readAllBytes(cut), (int) Files.size(cut) - 9));
    assertThatThrownBy(() -> GraphFile.read(cut, false)).hasMessageContaining("is damaged");
    assertThatThrownBy(() -> GraphFile.read(directory.resolve("none"), false))
        .hasMessageContaining("There is no file");
    Path empty = file("empty.edges", "");
    assertThatThrownBy(() -> GraphFile.read(empty, false)).hasMessageContaining("holds no edges");
  }

  @Test
  void letsEverybodyFollowTheStar() throws IOException {
    SocialGraph graph = GraphFile.read(file("a.edges", "1 2\n"), true).withStar();
    assertThat(graph.followers()).containsExactly(0, 1, 2);
    assertThat(graph.followees()).containsExactly(2, 1, 0);
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  private static List<String> edges(Path file, boolean directed) {
    SocialGraph graph = GraphFile.read(file, directed);
    return Arrays.stream(graph.edges())
        .mapToObj(edge ->
            graph.nodes()[SocialGraph.follower(edge)]
                + ">"
                + graph.nodes()[SocialGraph.followee(edge)])
        .toList();
  }
}
