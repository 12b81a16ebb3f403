package io.freshet.question;

import io.freshet.account.AccountId;
import io.freshet.outbox.Event;
import io.freshet.outbox.Outbox;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;

/**
 * The table vote. One that was taken back has the value 0 until the score has let it go; whoever
 * counts deletes it then.
 */
public final class PgVotes {
  private final Jdbi jdbi;
  private final Outbox outbox;

  public PgVotes(Jdbi jdbi, Outbox outbox) {
    this.jdbi = jdbi;
    this.outbox = outbox;
  }

  /** Saves {@link VotesChanged}, unless the account has voted so already. */
  void put(AccountId voter, Votable item, long id, int value) {
    outbox.write((handle, events) -> {
      int changed =
          handle.execute(
              """
              INSERT INTO vote (item_id, voter_id, id, value) VALUES (?, ?, ?, ?)
              ON CONFLICT (item_id, voter_id)
              DO UPDATE SET value = excluded.value, id = excluded.id WHERE vote.value <> excluded.value
              """,
              item.item(),
              voter.value(),
              id,
              value);
      if (changed == 1) {
        VotesChanged event = new VotesChanged(item.item(), item.question().value());
        events.add(Event.of(VotesChanged.TOPIC, event));
      }
      return changed;
    });
  }

  /** False if the account has not voted. */
  boolean remove(AccountId voter, Votable item) {
    return outbox.write((handle, events) -> {
      int changed =
          handle.execute(
              "UPDATE vote SET value = 0 WHERE item_id = ? AND voter_id = ? AND value <> 0",
              item.item(),
              voter.value());
      if (changed == 1) {
        VotesChanged event = new VotesChanged(item.item(), item.question().value());
        events.add(Event.of(VotesChanged.TOPIC, event));
      }
      return changed == 1;
    });
  }

  /** What the voter has voted on these: 1 for, -1 against. */
  Map<Long, Integer> of(AccountId voter, Collection<Long> items) {
    Map<Long, Integer> votes = new HashMap<>();
    jdbi.useHandle(handle ->
        handle
            .createQuery(
                "SELECT item_id, value FROM vote WHERE voter_id = ? AND item_id = ANY (?) AND value <> 0")
            .bind(0, voter.value())
            .bind(1, items.toArray(Long[]::new))
            .map((row, context) -> votes.put(row.getLong(1), row.getInt(2)))
            .list());
    return votes;
  }

  /** Takes back some of the account's votes, and says on what they were. */
  List<Long> takeBack(AccountId voter, int limit) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                UPDATE vote SET value = 0 WHERE voter_id = :voter AND item_id IN (
                  SELECT item_id FROM vote WHERE voter_id = :voter ORDER BY item_id LIMIT :limit)
                RETURNING item_id
                """)
            .bind("voter", voter.value())
            .bind("limit", limit)
            .mapTo(Long.class)
            .list());
  }
}
