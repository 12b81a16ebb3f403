package io.freshet.question;

import io.freshet.account.AccountId;
import io.freshet.platform.Ids;
import io.freshet.platform.Place;
import io.freshet.platform.RankedPage;
import io.freshet.post.CreationKey;
import io.freshet.question.Body.Format;
import io.freshet.question.QuestionException.Problem;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * The answers to questions: the accepted one first, then by votes, then by time. Read from the
 * database each time. Thread-safe.
 */
public final class Answers {
  /** Answers of a page. */
  public static final int PAGE = 30;

  /** The last page by number; what lies above a page is read. */
  public static final int MOST_PAGES = 300;

  private final PgAnswers store;
  private final Ids ids;
  private final InstantSource clock;

  public Answers(PgAnswers store, Ids ids, InstantSource clock) {
    this.store = store;
    this.ids = ids;
    this.clock = clock;
  }

  /** Saves an answer; with a key that the author has used before, gives the one made then. */
  public Answered add(
      AccountId author, QuestionId question, String body, Optional<String> idempotencyKey) {
    String valid = Wording.body("an answer", body);
    Answer answer =
        new Answer(
            new AnswerId(ids.next()),
            question,
            author,
            Body.markdown(valid),
            1,
            Optional.empty(),
            false,
            0,
            0);
    Optional<CreationKey> key =
        idempotencyKey.map(text -> CreationKey.of(text, question + " " + valid));
    return store
        .insert(answer, key)
        .orElseThrow(() ->
            new QuestionException(Problem.NOT_FOUND, "id", "there is no question " + question));
  }

  /** An imported answer stays HTML. */
  public Answer edit(AccountId author, AnswerId id, String body) {
    Answer now = find(id).orElseThrow(() -> notFound(id));
    Format format = now.body().format();
    String given = format == Format.HTML ? SafeHtml.clean(body) : body;
    Body valid = new Body(Wording.body("an answer", given), format);
    return store.edit(author, id, valid, clock.instant()).orElseThrow(() -> notFound(id));
  }

  public void delete(AccountId author, AnswerId id) {
    if (!store.delete(author, id, clock.instant())) {
      throw notFound(id);
    }
  }

  public Optional<Answer> find(AnswerId id) {
    return store.find(id);
  }

  /** The question's author accepts this answer in place of any other, or does so no more. */
  public void accept(AccountId author, AnswerId answer, boolean isAccepted) {
    if (!store.accept(author, answer, isAccepted)) {
      throw new QuestionException(
          Problem.NOT_FOUND, "id", "no question of yours has an answer " + answer);
    }
  }

  /** The one that is accepted now. */
  Optional<AnswerId> accepted(QuestionId question) {
    return store.accepted(question);
  }

  /**
   * Answers from a place on; {@link Place#TOP_OLDEST_FIRST} is the first.
   *
   * @param unseen authors to leave out
   */
  public RankedPage<Answer> below(QuestionId question, long[] unseen, Place place, int limit) {
    return RankedPage.of(store.below(question, unseen, place, limit + 1), limit, Answer::place);
  }

  /** A page of {@link #PAGE} answers. */
  public Numbered<Answer> page(QuestionId question, long[] unseen, int page) {
    List<Answer> shown = store.page(question, unseen, (page - 1) * PAGE, PAGE);
    return Numbered.of(shown, page, store.count(question, unseen), PAGE);
  }

  /** How many answers stand before this one, for somebody who sees all. */
  public int position(Answer answer) {
    return store.position(answer);
  }

  /** Deletes some of the account's answers; true if there may be more. */
  public boolean eraseOf(AccountId author, int limit) {
    return store.deleteOf(author, limit, clock.instant()) > 0;
  }

  private static QuestionException notFound(AnswerId id) {
    return new QuestionException(Problem.NOT_FOUND, "id", "you have no answer " + id);
  }
}
