package io.freshet.bench;

import io.freshet.app.Progress;
import io.freshet.app.bulk.BulkImport;
import io.freshet.app.bulk.GraphFile;
import io.freshet.app.bulk.PostTexts;
import io.freshet.app.bulk.SocialGraph;
import io.freshet.app.bulk.Town;
import io.freshet.app.bulk.Towns;
import io.freshet.platform.Database;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Who lives in the demo's town: a real graph if there is one, else a made-up one, and a star. */
record DemoTown(Path graph, Path texts, int people, int postsEach) {
  private static final long SEED = 1;
  private static final int FOLLOWS_EACH = 15;

  boolean isReal() {
    return Files.exists(graph);
  }

  BulkImport.Result importInto(Database database, int threshold, Progress progress) {
    SocialGraph read = isReal() ? GraphFile.read(graph, false) : madeUp();
    SocialGraph all = read.withStar();
    List<String> posts = Files.exists(texts) ? PostTexts.read(texts) : PostTexts.madeUp(SEED);
    Town town =
        new Town(new Towns(SEED).peopleOf(all, "n", Optional.empty()), all, postsEach, posts);
    return new BulkImport(database, threshold, InstantSource.system(), progress).run(town);
  }

  /** Everyone follows some others; how many follow each falls with the square root of the rank. */
  private SocialGraph madeUp() {
    SplittableRandom random = new SplittableRandom(SEED);
    SocialGraph.Builder builder = new SocialGraph.Builder();
    for (int person = 0; person < people; person++) {
      builder.index(person);
    }
    for (int person = 0; person < people; person++) {
      for (int i = 0; i < FOLLOWS_EACH; i++) {
        double u = random.nextDouble();
        builder.addIndexed(person, (int) (people * u * u));
      }
    }
    return builder.build();
  }
}
