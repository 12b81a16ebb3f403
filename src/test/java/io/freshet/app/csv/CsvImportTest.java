package io.freshet.app.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.app.Progress;
import io.freshet.graph.CelebrityRule;
import io.freshet.platform.Database;
import io.freshet.platform.OperatorException;
import io.freshet.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvImportTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final String PEOPLE =
      """
      \uFEFFHandle,first_name,last_name,city,biography,follows
      ada,Ada,Lovelace,London,"Numbers, ""and"" notes",bob eve
      bob,Bob,,,,ada
      eve,,,,,ada bob
      """;

  @TempDir private Path home = Path.of("");

  private final Database database = TestDatabase.open();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void bringsPeopleAndWhomTheyFollow() throws IOException {
    assertThat(people(PEOPLE)).isEqualTo(new PeopleImport.Result(3, 3, 5));
    assertThat(
            list(
                "SELECT concat_ws('/', handle, first_name, last_name, city, biography) FROM account ORDER BY 1"))
        .containsExactly(
            "ada/Ada/Lovelace/London/Numbers, \"and\" notes", "bob/Bob///", "eve/eve///");
    assertThat(miscounted()).isEmpty();
    assertThat(
            list(
                "SELECT handle FROM follow_count JOIN account ON id = account_id WHERE pulled = 'yes'"))
        .as("from two followers on")
        .containsExactlyInAnyOrder("ada", "bob");
    assertThat(list("SELECT count(*) FROM outbox WHERE topic = 'pull-changed'"))
        .containsExactly("2");
  }

  @Test
  void addsPeopleOnceAndLeavesAloneWhoIsThere() throws IOException {
    people(PEOPLE);
    List<String> before = list("SELECT account::text FROM account ORDER BY 1");
    assertThat(people(PEOPLE)).isEqualTo(new PeopleImport.Result(3, 0, 0));
    assertThat(list("SELECT account::text FROM account ORDER BY 1")).isEqualTo(before);
    assertThat(people("handle,follows\nada,\nfay,ada\n"))
        .isEqualTo(new PeopleImport.Result(2, 1, 1));
    assertThat(miscounted()).isEmpty();
  }

  @Test
  void writesNobodyWhereALineIsWrong() throws IOException {
    refusesPeople("name\nada\n", "line 1", "no column \"handle\"");
    refusesPeople("handle\nada\na b\n", "line 3", "\"a b\" is no handle");
    refusesPeople("handle\nada\n\nADA\n", "line 4", "is in line 2 already");
    refusesPeople("handle,city\nada,x\nbob\n", "line 3", "1 fields, but there are 2 columns");
    refusesPeople("handle,city\nada," + "x".repeat(101) + "\n", "line 2", "city: at most 100");
    refusesPeople("handle,follows\nada,ada\n", "line 2", "ada cannot follow ada");
    refusesPeople("handle,follows\nada,bob\nbob,zoe\n", "line 3", "nobody called zoe");
    assertThat(list("SELECT handle FROM account")).isEmpty();
  }

  @Test
  void bringsPostsWithHashtagsAndMentions() throws IOException {
    people(PEOPLE);
    PostsImport.Result result =
        posts(
            """
            created_at,handle,text
            2009-05-01T10:00:00Z,Ada,"Hello @bob, this is #Math
            on two lines"
            2010-05-01 10:00,ada,Later
            2011-05-01,bob,Third
            2012-05-01T10:00:00+02:00,bob,Fourth
            """);
    assertThat(result).isEqualTo(new PostsImport.Result(4, 4, 0));
    assertThat(list("SELECT tag FROM post_tag")).containsExactly("math");
    assertThat(list("SELECT handle FROM account JOIN post ON account.id = ANY (mentioned)"))
        .containsExactly("bob");
    assertThat(
            list("SELECT id FROM post ORDER BY id").stream()
                .map(id -> io.freshet.platform.Ids.instantOf(Long.parseLong(id)).toString())
                .map(time -> time.substring(0, 16)))
        .containsExactly(
            "2009-05-01T10:00", "2010-05-01T10:00", "2011-05-01T00:00", "2012-05-01T08:00");
  }

  @Test
  void readsTheZoneOfATime() throws IOException {
    people(PEOPLE);
    PostColumns columns =
        PostColumns.of(
            "handle",
            "text",
            "created_at",
            Optional.empty(),
            Optional.of("EEE MMM dd HH:mm:ss zzz yyyy"));
    posts(
        """
        created_at,handle,text
        Mon Apr 06 22:19:45 PDT 2009,ada,West
        Mon Apr 06 22:19:45 UTC 2009,ada,Here
        """,
        columns,
        false);
    assertThat(
            list("SELECT id FROM post ORDER BY text").stream()
                .map(id -> io.freshet.platform.Ids.instantOf(Long.parseLong(id)).toString())
                .map(time -> time.substring(0, 16)))
        .containsExactly("2009-04-06T22:19", "2009-04-07T05:19");
  }

  @Test
  void addsPostsOnceWithAndWithoutTimesAndKeys() throws IOException {
    people(PEOPLE);
    String timed =
        "created_at,handle,text,id\n"
            + "2010-01-01,ada,Same,1\n".repeat(1)
            + "2010-01-01,ada,Same,2\n2010-01-01,bob,Same,1\n";
    assertThat(posts(timed, Optional.of("id"))).isEqualTo(new PostsImport.Result(3, 3, 0));
    assertThat(posts(timed, Optional.of("id"))).isEqualTo(new PostsImport.Result(3, 0, 0));
    assertThat(posts(timed + "2010-01-01,bob,Other,9\n", Optional.of("id")).added()).isOne();
    String untimed = "handle,text\nada,Now\nada,Now\nbob,Now\n";
    assertThat(posts(untimed)).isEqualTo(new PostsImport.Result(3, 2, 0));
    assertThat(posts(untimed).added()).isZero();
    assertThat(list("SELECT count(*) FROM post")).containsExactly("6");
  }

  @Test
  void createsAuthorsIfToldTo() throws IOException {
    String posts = "user,text\nJane Doe,Hello\n";
    assertThatThrownBy(() -> posts(posts, "user", false))
        .isInstanceOf(OperatorException.class)
        .hasMessageContaining("line 2")
        .hasMessageContaining("nobody called jane_doe (--new-people");
    assertThat(posts(posts, "user", true)).isEqualTo(new PostsImport.Result(1, 1, 1));
    assertThat(posts(posts, "user", true)).isEqualTo(new PostsImport.Result(1, 0, 0));
    assertThat(list("SELECT handle || '/' || first_name FROM account"))
        .containsExactly("jane_doe/Jane Doe");
  }

  @Test
  void writesNoPostWhereALineIsWrong() throws IOException {
    people(PEOPLE);
    refusesPosts("handle\nada\n", "line 1", "no column \"text\"");
    refusesPosts("handle,text\nada,Hi\nada, \n", "line 3", "a post has 1 to 1,000 characters");
    refusesPosts("handle,text\nada," + "x".repeat(1_001) + "\n", "line 2", "this one has 1,001");
    refusesPosts("handle,text\nada,Hi\nzoe,Hi\n", "line 3", "nobody called zoe");
    refusesPosts("handle,text,created_at\nada,Hi,soon\n", "line 2", "\"soon\"", "--time-format");
    refusesPosts("handle,text,created_at\nada,Hi,1999-01-01\n", "line 2", "from 2008 to now");
    refusesPosts("handle,text,created_at\nada,Hi,2027-01-01\n", "line 2", "from 2008 to now");
    refusesPosts("handle,text\nИван,Hi\n", "line 2", "nothing that a handle could be made of");
    refusesPosts(
        "handle,text\na.b,Hi\nA b,Hi\n", "line 3", "\"a.b\" and \"a b\" would both be a_b");
    assertThat(list("SELECT text FROM post")).isEmpty();
  }

  @Test
  void spreadsManyPostsOfOneMinute() {
    RowIds ids = new RowIds();
    Instant minute = Instant.parse("2015-01-01T10:00:00Z");
    List<Long> all =
        java.util.stream.IntStream.range(0, 20_000)
            .mapToObj(i -> ids.id(minute, "ada", "key" + i))
            .toList();
    assertThat(all).doesNotHaveDuplicates();
    assertThat(all)
        .allSatisfy(id ->
            assertThat(io.freshet.platform.Ids.instantOf(id))
                .isBetween(minute, minute.plusSeconds(60)));
  }

  private PeopleImport.Result people(String csv) throws IOException {
    Path file = Files.writeString(home.resolve("people.csv"), csv);
    return new PeopleImport(
            database, new CelebrityRule(2, 0.5), InstantSource.system(), Progress.SILENT)
        .run(file);
  }

  private PostsImport.Result posts(String csv) throws IOException {
    return posts(csv, Optional.empty());
  }

  private PostsImport.Result posts(String csv, Optional<String> key) throws IOException {
    PostColumns columns = PostColumns.of("handle", "text", "created_at", key, Optional.empty());
    return posts(csv, columns, false);
  }

  private PostsImport.Result posts(String csv, String author, boolean newPeople)
      throws IOException {
    PostColumns columns =
        PostColumns.of(author, "text", "created_at", Optional.empty(), Optional.empty());
    return posts(csv, columns, newPeople);
  }

  private PostsImport.Result posts(String csv, PostColumns columns, boolean newPeople)
      throws IOException {
    Path file = Files.writeString(home.resolve("posts.csv"), csv);
    return new PostsImport(database, columns, newPeople, () -> NOW, Progress.SILENT).run(file);
  }

  private void refusesPeople(String csv, String... parts) {
    assertThatThrownBy(() -> people(csv))
        .isInstanceOf(OperatorException.class)
        .hasMessageContaining("nothing was imported")
        .hasMessageContainingAll(parts);
  }

  private void refusesPosts(String csv, String... parts) {
    assertThatThrownBy(() -> posts(csv))
        .isInstanceOf(OperatorException.class)
        .hasMessageContaining("nothing was imported")
        .hasMessageContainingAll(parts);
  }

  private List<String> miscounted() {
    return list(
        """
        SELECT handle FROM account LEFT JOIN follow_count ON account_id = id
        WHERE followers IS DISTINCT FROM (SELECT count(*) FROM follow WHERE followee_id = id)
           OR followees IS DISTINCT FROM (SELECT count(*) FROM follow WHERE follower_id = id)
        """);
  }

  private List<String> list(String query) {
    return database.jdbi().withHandle(h -> h.createQuery(query).mapTo(String.class).list());
  }
}
