package io.freshet.search;

import io.freshet.account.AccountId;
import io.freshet.platform.Replica;
import io.freshet.search.SearchException.Problem;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jdbi.v3.core.Handle;

/**
 * Searches in the database's own indexes. The newest 300 hits are ranked, those before them follow
 * by age; a page costs about the same however much there is. May lag as lists do: who shows hits
 * looks whether they are still there. Every method may throw {@link SearchException}. Thread-safe.
 */
public final class Searches {
  /** Characters of a question to the search: more are no question. */
  public static final int MOST_CHARACTERS = 200;

  /** Characters from which on there are suggestions: with one, everything begins so. */
  public static final int LEAST_TYPED = 2;

  /** Rows of all kinds together that are suggested: as many as one takes in while typing. */
  public static final int MOST_SUGGESTED = 8;

  private static final int PEOPLE_SUGGESTED = 3;
  private static final int TAGS_SUGGESTED = 3;

  private final PgSearch search;

  public Searches(Replica replica) {
    this.search = new PgSearch(replica);
  }

  /**
   * Posts with these words in any of their forms, without shares and questions.
   *
   * @param text in the language of web searches: {@code "a phrase"}, {@code or}, {@code -without}
   * @param unseen authors whose posts are left out
   */
  public Hits<FoundPost> posts(String text, long[] unseen, Optional<Bookmark> from, int limit) {
    return ranked(text, Source.POSTS, unseen, from, limit, PgHighlights::posts);
  }

  /** The same for questions, where a title counts for more than a body. */
  public Hits<FoundQuestion> questions(
      String text, long[] unseen, Optional<Bookmark> from, int limit) {
    return ranked(text, Source.QUESTIONS, unseen, from, limit, PgHighlights::questions);
  }

  private <T> Hits<T> ranked(
      String text,
      Source source,
      long[] unseen,
      Optional<Bookmark> from,
      int limit,
      Highlights<T> highlights) {
    return ask(
        text,
        (handle, asked) -> {
          if (asked.isEmpty()) {
            return none();
          }
          Hits<Match> page =
              new Ranking(new PgMatches(handle, source, asked, unseen)).page(from, limit);
          return new Hits<>(highlights.of(handle, asked, page.items()), page.next());
        });
  }

  /** Reads what is shown of hits. */
  private interface Highlights<T> {
    List<T> of(Handle handle, Asked asked, List<Match> page);
  }

  /**
   * People in whose handle or names each of the words begins one, the nearest first; if there are
   * none, some whose names are alike.
   */
  public Hits<AccountId> people(String text, Optional<Bookmark> from, int limit) {
    return ask(
        text,
        (handle, asked) -> {
          if (asked.list().isEmpty()) {
            return none();
          }
          Source people = Source.people(asked.list());
          Hits<Match> page =
              new Ranking(new PgMatches(handle, people, asked.ofNames(), new long[0]))
                  .page(from, limit);
          List<AccountId> found =
              page.items().isEmpty() && from.isEmpty()
                  ? PgNames.alike(handle, asked, limit)
                  : page.items().stream().map(match -> new AccountId(match.id())).toList();
          return new Hits<>(found, page.next());
        });
  }

  /**
   * Tags of questions that contain the text, those that begin so first, then most questions first;
   * if there are none, some that are alike.
   */
  public Hits<FoundTag> tags(String text, Optional<Bookmark> from, int limit) {
    check(text, 1);
    return search.search(handle -> {
      Hits<FoundTag> page = PgNames.tags(handle, text, from, limit);
      return page.items().isEmpty() && from.isEmpty()
          ? new Hits<>(PgNames.tagsAlike(handle, text, limit), Optional.empty())
          : page;
    });
  }

  /**
   * What begins so.
   *
   * @param unseen authors whose questions are left out
   */
  public Suggestions suggest(String text, long[] unseen) {
    check(text, LEAST_TYPED);
    return ask(
        text,
        (handle, asked) -> {
          List<String> words = asked.list();
          List<FoundTag> tags = PgNames.suggestTags(handle, text, TAGS_SUGGESTED);
          if (words.stream().noneMatch(word -> word.length() >= LEAST_TYPED)) {
            return new Suggestions(List.of(), tags, List.of());
          }
          List<AccountId> people =
              PgNames.suggestPeople(handle, asked, text.strip(), PEOPLE_SUGGESTED);
          int room = MOST_SUGGESTED - people.size() - tags.size();
          return new Suggestions(
              people, tags, PgNames.suggestQuestions(handle, asked, unseen, room));
        });
  }

  private <T> T ask(String text, BiFunction<Handle, Asked, T> answer) {
    check(text, 1);
    return search.search(handle -> answer.apply(handle, PgSearch.ask(handle, text)));
  }

  private static void check(String text, int least) {
    int characters = text.strip().codePointCount(0, text.strip().length());
    if (characters < least || text.length() > MOST_CHARACTERS) {
      throw new SearchException(
          Problem.INVALID,
          "must have " + least + " to " + MOST_CHARACTERS + " characters beside white space");
    }
  }

  private static <T> Hits<T> none() {
    return new Hits<>(List.of(), Optional.empty());
  }
}
