package io.freshet.question;

import io.freshet.account.AccountId;
import io.freshet.platform.Ids;
import io.freshet.platform.Place;
import io.freshet.platform.RankedPage;
import io.freshet.platform.Replica;
import io.freshet.post.CreationKey;
import io.freshet.post.Post;
import io.freshet.post.Posts;
import io.freshet.question.Body.Format;
import io.freshet.question.QuestionException.Problem;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The questions. Who may see one may see its post, which is for the caller to look up; lists leave
 * out the authors that they are told to. Read from the database each time. Thread-safe.
 */
public final class Questions {
  /** Questions of a page of a list. */
  public static final int PAGE = 20;

  /** The last page that a list has; from there one goes on by place. What lies above is read. */
  public static final int MOST_PAGES = 500;

  private final PgQuestions store;
  private final PgQuestionLists lists;
  private final Posts posts;
  private final Ids ids;
  private final InstantSource clock;

  /**
   * @param replica for the lists
   */
  public Questions(PgQuestions store, Replica replica, Posts posts, Ids ids, InstantSource clock) {
    this.store = store;
    this.lists = new PgQuestionLists(replica);
    this.posts = posts;
    this.ids = ids;
    this.clock = clock;
  }

  /** Puts a question; with a key that the author has used before, gives the one put then. */
  public Asked ask(AccountId author, Wording wording, Optional<String> idempotencyKey) {
    QuestionId id = new QuestionId(ids.next());
    Optional<CreationKey> key =
        idempotencyKey.map(text -> CreationKey.of(text, wording.toString()));
    Optional<QuestionId> earlier;
    try {
      earlier = store.insert(post(id, author, wording), wording, key);
    } finally {
      posts.forgetQuestion(author, id.post());
    }
    Question question =
        store
            .find(earlier.orElse(id))
            .orElseThrow(() ->
                new QuestionException(
                    Problem.KEY_REUSED,
                    "Idempotency-Key",
                    "the question made with this key has been deleted: take a new one"));
    return new Asked(question, earlier.isPresent());
  }

  /** An imported question stays HTML. */
  public Question edit(AccountId author, QuestionId id, Wording wording) {
    Format format = store.format(author, id).orElseThrow(() -> notFound(id));
    Wording clean =
        format == Format.HTML
            ? new Wording(wording.title(), SafeHtml.clean(wording.body()), wording.tags())
            : wording;
    try {
      if (!store.edit(post(id, author, clean), clean, clock.instant())) {
        throw notFound(id);
      }
    } finally {
      posts.forgetQuestion(author, id.post());
    }
    return store.find(id).orElseThrow(() -> notFound(id));
  }

  /** With its answers. */
  public void delete(AccountId author, QuestionId id) {
    try {
      if (!store.delete(author, id, clock.instant())) {
        throw notFound(id);
      }
    } finally {
      posts.forgetQuestion(author, id.post());
    }
  }

  public Optional<Question> find(QuestionId id) {
    return store.find(id);
  }

  /** Those of them that live. */
  public Map<Long, Question> findAll(Collection<Long> ids) {
    return ids.isEmpty() ? Map.of() : store.find(ids);
  }

  /**
   * Questions of a list from a place on; {@link Place#TOP} is its begin.
   *
   * @param unseen authors to leave out
   */
  public RankedPage<Question> below(QuestionList list, long[] unseen, Place place, int limit) {
    List<Question> rows = lists.below(list, unseen, place, limit + 1);
    return RankedPage.of(rows, limit, question -> new Place(question.hot(), question.id().value()));
  }

  /**
   * A page of a list, {@link #PAGE} questions long; shorter by those of the authors to leave out.
   * The total counts these too, and ends at the last of {@link #MOST_PAGES} pages.
   */
  public Numbered<Question> page(QuestionList list, long[] unseen, int page) {
    int total = lists.count(list, PAGE * MOST_PAGES);
    List<Question> shown =
        lists.page(list, (page - 1) * PAGE, PAGE).stream()
            .filter(question ->
                Arrays.stream(unseen).noneMatch(author -> author == question.author().value()))
            .toList();
    return Numbered.of(shown, page, total, PAGE);
  }

  /** Deletes some of the account's questions; true if there may be more. */
  public boolean eraseOf(AccountId author, int limit) {
    List<Long> living = store.living(author, limit);
    for (Long id : living) {
      try {
        delete(author, new QuestionId(id));
      } catch (QuestionException goneMeanwhile) {
        // That is what we want.
      }
    }
    return !living.isEmpty();
  }

  private static Post post(QuestionId id, AccountId author, Wording wording) {
    return Post.question(id.post(), author, wording.title(), wording.tags());
  }

  private static QuestionException notFound(QuestionId id) {
    return new QuestionException(Problem.NOT_FOUND, "id", "you have no question " + id);
  }
}
