package io.freshet.app.bulk;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Who follows whom, among people numbered from 0.
 *
 * @param nodes what each person is called in the file
 * @param edges follower in the upper, followee in the lower 32 bits; ascending, none twice, nobody
 *     follows themselves
 */
public record SocialGraph(long[] nodes, long[] edges) {

  static int follower(long edge) {
    return (int) (edge >>> 32);
  }

  static int followee(long edge) {
    return (int) edge;
  }

  /** Followers of each person. */
  int[] followers() {
    int[] counts = new int[nodes.length];
    for (long edge : edges) {
      counts[followee(edge)]++;
    }
    return counts;
  }

  /** How many others each person follows. */
  int[] followees() {
    int[] counts = new int[nodes.length];
    for (long edge : edges) {
      counts[follower(edge)]++;
    }
    return counts;
  }

  /** The same graph with one person more, the last, whom everybody follows. */
  public SocialGraph withStar() {
    int star = nodes.length;
    Builder builder = new Builder();
    for (long node : nodes) {
      builder.index(node);
    }
    builder.index(-1);
    for (long edge : edges) {
      builder.addIndexed(follower(edge), followee(edge));
    }
    for (int person = 0; person < star; person++) {
      builder.addIndexed(person, star);
    }
    return builder.build();
  }

  /** Collects edges in any order. */
  public static final class Builder {
    private final Map<Long, Integer> indexes = new HashMap<>();
    private long[] edges = new long[1 << 16];
    private int size;

    /** The person's number, a new one for a new name. */
    public int index(long node) {
      Integer known = indexes.get(node);
      if (known != null) {
        return known;
      }
      indexes.put(node, indexes.size());
      return indexes.size() - 1;
    }

    void add(long follower, long followee) {
      addIndexed(index(follower), index(followee));
    }

    /** Adds an edge between numbers; one to oneself is left out. */
    public void addIndexed(int follower, int followee) {
      if (follower == followee) {
        return;
      }
      if (size == edges.length) {
        edges = Arrays.copyOf(edges, 2 * size);
      }
      edges[size++] = (long) follower << 32 | followee;
    }

    /** The graph so far, sorted and without doubles. */
    public SocialGraph build() {
      Arrays.sort(edges, 0, size);
      int distinct = 0;
      for (int i = 0; i < size; i++) {
        if (distinct == 0 || edges[distinct - 1] != edges[i]) {
          edges[distinct++] = edges[i];
        }
      }
      long[] nodes = new long[indexes.size()];
      indexes.forEach((node, index) -> nodes[index] = node);
      return new SocialGraph(nodes, Arrays.copyOf(edges, distinct));
    }
  }
}
