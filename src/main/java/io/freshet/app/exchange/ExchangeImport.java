package io.freshet.app.exchange;

import io.freshet.app.Progress;
import io.freshet.app.bulk.Statistics;
import io.freshet.app.exchange.Dump.Part;
import io.freshet.app.exchange.DumpIndex.Item;
import io.freshet.platform.Database;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/**
 * Brings in the dump of a site of Stack Exchange: people, questions, answers, tags, votes, and
 * comments on questions, at the times of the site. It writes in batches, each with its counters in
 * one transaction, under ids that the dump determines. So it may be broken off at any moment and
 * begun again: what is there is left alone, what is missing is written.
 *
 * <p>For one thread. The ids of all texts and authors are kept in memory, some 200 bytes each.
 */
public final class ExchangeImport {
  /** Rows of a transaction: some 100 ms. */
  private static final int BATCH = 500;

  private static final long UP = 2;
  private static final long DOWN = 3;

  private final Dump dump;
  private final Database database;
  private final int batch;
  private final Progress progress;
  private final Losses losses = new Losses();
  private final DumpTexts texts = new DumpTexts(losses);
  private final Tally tally = new Tally();
  private final DumpIndex index;
  private final DumpPeople people;

  /**
   * What was done.
   *
   * @param found what the dump holds
   * @param added what of it is new here
   */
  public record Result(Numbers found, Numbers added, Map<Loss, Long> losses) {}

  /**
   * An import that was not begun.
   *
   * @param prefix what the handles of its people begin with: another for each site
   * @param now what is dated later is refused
   */
  public ExchangeImport(
      Path directory, String prefix, Database database, Instant now, Progress progress) {
    this(directory, prefix, database, now, progress, BATCH);
  }

  ExchangeImport(
      Path directory, String prefix, Database database, Instant now, Progress progress, int batch) {
    this.dump = new Dump(directory, now, progress);
    this.database = database;
    this.batch = batch;
    this.progress = progress;
    Handles handles = new Handles(prefix);
    this.index = new DumpIndex(handles, losses);
    this.people =
        new DumpPeople(handles, index.authors(), new PgDumpPeople(database.jdbi()), batch);
  }

  /** Reads the dump once to know what refers to what, and once to write it. */
  public Result run() {
    Jdbi jdbi = database.jdbi();
    long tagsBefore = PgDumpQuestions.tags(jdbi);
    index.read(dump);
    people.write(dump);
    PgDumpQuestions questions = new PgDumpQuestions(jdbi);
    PgDumpDeeds deeds = new PgDumpDeeds(jdbi);
    questions(questions);
    answers(new PgDumpAnswers(jdbi));
    tags(questions);
    votes(deeds);
    comments(deeds);
    Statistics.gather(database, progress);
    tally.people(people.found(), people.added());
    long freshTags = PgDumpQuestions.tags(jdbi) - tagsBefore;
    return new Result(tally.found(), tally.added(freshTags), losses.counts());
  }

  private void questions(PgDumpQuestions table) {
    Batch<PgDumpQuestions.Row> rows =
        new Batch<>(batch, full -> tally.questions(full.size(), table.write(full)));
    dump.read(
        Part.POSTS,
        "questions",
        row -> {
          if (row.number("PostTypeId") == DumpIndex.QUESTION) {
            question(row).ifPresent(rows::add);
          }
        });
    rows.flush();
  }

  private Optional<PgDumpQuestions.Row> question(DumpRow row) {
    Item item = index.find(row.number("Id")).orElseThrow();
    String title = texts.title(row.required("Title"));
    List<String> tags = texts.tags(row.text("Tags").orElse(""));
    tags.forEach(tally::tag);
    return author(index.authorOfPost(row))
        .map(author ->
            new PgDumpQuestions.Row(
                item.id(),
                author,
                title,
                texts.body(row.text("Body").orElse("")),
                tags,
                row.optionalTime("LastEditDate"),
                row.optionalNumber("ViewCount").orElse(0L)));
  }

  private void answers(PgDumpAnswers table) {
    Batch<PgDumpAnswers.Row> rows =
        new Batch<>(batch, full -> tally.answers(full.size(), table.write(full, losses)));
    dump.read(
        Part.POSTS,
        "answers",
        row -> {
          if (row.number("PostTypeId") == DumpIndex.ANSWER) {
            answer(row).ifPresent(rows::add);
          }
        });
    rows.flush();
  }

  private Optional<PgDumpAnswers.Row> answer(DumpRow row) {
    long number = row.number("Id");
    long parent = row.number("ParentId");
    Optional<Item> question = index.question(parent);
    if (question.isEmpty()) {
      losses.add(Loss.ANSWERS_WITHOUT_QUESTION);
      return Optional.empty();
    }
    Item item = index.find(number).orElseThrow();
    return author(index.authorOfPost(row))
        .map(author ->
            new PgDumpAnswers.Row(
                item.id(),
                question.get().id(),
                author,
                texts.body(row.text("Body").orElse("")),
                row.optionalTime("LastEditDate"),
                index.isAccepted(parent, number)));
  }

  private void tags(PgDumpQuestions table) {
    dump.read(Part.TAGS, "tags", row -> DumpTexts.tag(row.required("TagName")).forEach(tally::tag));
    Batch<String> rows = new Batch<>(batch, table::writeTags);
    tally.tags().forEach(rows::add);
    rows.flush();
  }

  /** A site tells the days of votes only: a vote is not older than what it is for. */
  private void votes(PgDumpDeeds table) {
    Batch<PgDumpDeeds.Vote> rows =
        new Batch<>(batch, full -> tally.votes(full.size(), table.writeVotes(full, losses)));
    dump.read(
        Part.VOTES,
        "votes",
        row -> {
          long type = row.number("VoteTypeId");
          Optional<Item> item = index.find(row.number("PostId"));
          if (item.isEmpty() || (type != UP && type != DOWN)) {
            losses.add(Loss.OTHER_VOTES);
            return;
          }
          long number = row.number("Id");
          long id = Math.max(DumpIds.of(row.time("CreationDate"), number), item.get().id());
          rows.add(new PgDumpDeeds.Vote(item.get().id(), -number, id, type == UP ? 1 : -1));
        });
    rows.flush();
  }

  private void comments(PgDumpDeeds table) {
    DumpIds ids = new DumpIds();
    Batch<PgDumpDeeds.Comment> rows =
        new Batch<>(batch, full -> tally.comments(full.size(), table.writeComments(full, losses)));
    dump.read(
        Part.COMMENTS,
        "comments",
        row -> {
          Optional<Item> question = index.question(row.number("PostId"));
          if (question.isEmpty()) {
            losses.add(Loss.COMMENTS_ON_ANSWERS);
            return;
          }
          long id = ids.id(row.time("CreationDate"), row.number("Id"));
          String text = texts.comment(row.text("Text").orElse("…"));
          author(index.authorOfComment(row))
              .ifPresent(author ->
                  rows.add(new PgDumpDeeds.Comment(id, question.get().id(), author, text)));
        });
    rows.flush();
  }

  private Optional<Long> author(String handle) {
    Optional<Long> author = people.id(handle);
    if (author.isEmpty()) {
      losses.add(Loss.OF_REMOVED_PEOPLE);
    }
    return author;
  }
}
