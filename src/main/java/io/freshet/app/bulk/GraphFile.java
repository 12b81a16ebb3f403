package io.freshet.app.bulk;

import io.freshet.platform.OperatorException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a graph: lines of two node numbers with blanks, tabs or a comma between. A CSV file may
 * begin with a header; a {@code .jlg} file begins with {@code nodes,edges,u|d,graph}. Lines that
 * begin with # or % are comments.
 */
public final class GraphFile {
  private static final Pattern EDGE =
      Pattern.compile("\\s*(\\d{1,18})(?:\\s*,\\s*|\\s+)(\\d{1,18})(?:[\\s,].*)?");
  private static final Pattern JLG = Pattern.compile("(\\d+),(\\d+),([ud]),.*");
  private static final Pattern HEADER = Pattern.compile("\\s*\"?[A-Za-z_].*,.*");

  private final Path file;
  private final boolean isJlg;
  private boolean directed;
  private long promised = -1;

  private GraphFile(Path file, boolean directed) {
    this.file = file;
    this.directed = directed;
    String name = file.toString().toLowerCase(Locale.ROOT);
    this.isJlg = name.endsWith(".jlg") || name.endsWith(".jlg.gz");
  }

  /**
   * @param directed the first node follows the second; otherwise both follow each other
   */
  public static SocialGraph read(Path file, boolean directed) {
    GraphFile graph = new GraphFile(file, directed);
    return InputFile.read(file, graph::read);
  }

  private SocialGraph read(BufferedReader reader) throws IOException {
    SocialGraph.Builder graph = new SocialGraph.Builder();
    long number = 0;
    long edges = 0;
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      number++;
      boolean comment = line.isBlank() || line.startsWith("#") || line.startsWith("%");
      if (!comment && !(number == 1 && isFirstLine(line))) {
        add(graph, number, line);
        edges++;
      }
    }
    if (promised >= 0 && promised != edges) {
      throw new OperatorException(
          file
              + " ends early or is damaged: it has "
              + edges
              + " edges, but its first line promises "
              + promised
              + "; nothing was imported.");
    }
    if (edges == 0) {
      throw new OperatorException(file + " holds no edges; nothing was imported.");
    }
    return graph.build();
  }

  private boolean isFirstLine(String line) {
    if (!isJlg) {
      return HEADER.matcher(line).matches();
    }
    Matcher header = JLG.matcher(line.strip());
    if (!header.matches()) {
      throw InputFile.bad(file, 1, "a .jlg file begins with nodes,edges,u|d,graph");
    }
    promised = Long.parseLong(header.group(2));
    directed |= "d".equals(header.group(3));
    return true;
  }

  private void add(SocialGraph.Builder graph, long number, String line) {
    long from;
    long to;
    int split = plainSplit(line);
    if (split > 0) {
      from = parse(line, 0, split);
      to = parse(line, split + 1, line.length());
    } else {
      Matcher edge = EDGE.matcher(line);
      if (!edge.matches()) {
        String shown = line.length() > 40 ? line.substring(0, 40) + "…" : line;
        throw InputFile.bad(file, number, "expected two node numbers, found \"" + shown + "\"");
      }
      from = Long.parseLong(edge.group(1));
      to = Long.parseLong(edge.group(2));
    }
    graph.add(from, to);
    if (!directed) {
      graph.add(to, from);
    }
  }

  /**
   * Where the one separator of an ordinary line is, or 0: the pattern is ten times slower than
   * this.
   */
  private static int plainSplit(String line) {
    int split = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      boolean separator = c == ',' || c == ' ' || c == '\t';
      if ((separator && (i == 0 || split > 0 || i == line.length() - 1))
          || (!separator && (c < '0' || c > '9'))) {
        return 0;
      }
      split = separator ? i : split;
    }
    return line.length() <= 37 && split <= 18 && line.length() - split <= 19 ? split : 0;
  }

  private static long parse(String line, int from, int to) {
    return Long.parseLong(line, from, to, 10);
  }
}
