package io.freshet.app.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.freshet.app.Progress;
import io.freshet.platform.Database;
import io.freshet.testkit.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Three thousand short posts with times to the minute, as a newspaper published them. */
class RealPostsTest {
  private static final Path POSTS = Path.of("../shared/data/posts/short-posts.csv.gz");

  @Test
  void comeInOnce() {
    assumeTrue(
        Files.exists(POSTS),
        "SKIPPED: these posts are not part of this repository; put them at " + POSTS);
    PostColumns columns =
        PostColumns.of(
            "user", "text", "created_at", Optional.of("url"), Optional.of("M/d/yy H:mm"));
    try (Database database = TestDatabase.open()) {
      PostsImport posts =
          new PostsImport(database, columns, true, InstantSource.system(), Progress.SILENT);
      assertThat(posts.run(POSTS)).isEqualTo(new PostsImport.Result(3_207, 3_207, 1));
      assertThat(posts.run(POSTS)).isEqualTo(new PostsImport.Result(3_207, 0, 0));
    }
  }
}
