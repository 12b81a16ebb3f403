package io.freshet.question;

import io.freshet.account.AccountId;
import io.freshet.platform.Ids;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Votes: one a person and question or answer, which may be changed and taken back. Whoever votes
 * sees it at once; the scores follow by {@link Scores}. Thread-safe.
 */
public final class Votes {
  private final PgVotes store;
  private final Scores scores;
  private final Ids ids;

  public Votes(PgVotes store, Scores scores, Ids ids) {
    this.store = store;
    this.scores = scores;
    this.ids = ids;
  }

  /**
   * Voting the same twice is voting once.
   *
   * @param value 1 for it, -1 against it
   */
  public void put(AccountId voter, Votable item, int value) {
    if (value != 1 && value != -1) {
      throw QuestionException.invalid("value", "must be 1 (for it) or -1 (against it)");
    }
    if (item.author().equals(voter)) {
      throw QuestionException.invalid("id", "this is your own: it is for others to vote on");
    }
    store.put(voter, item, ids.next(), value);
  }

  /** False if there is none. */
  public boolean remove(AccountId voter, Votable item) {
    return store.remove(voter, item);
  }

  /** What the voter has voted on these: 1 for, -1 against; what is left out was not voted on. */
  public Map<Long, Integer> of(AccountId voter, Collection<Long> items) {
    return items.isEmpty() ? Map.of() : store.of(voter, items);
  }

  /** Takes back some of the account's votes; true if there may be more. */
  public boolean eraseOf(AccountId voter, int limit) {
    List<Long> items = store.takeBack(voter, limit);
    for (Long item : items) {
      scores.settle(item);
    }
    return !items.isEmpty();
  }
}
