package io.freshet.dialog;

import io.freshet.account.AccountId;
import io.freshet.account.Accounts;
import io.freshet.platform.Ids;
import io.freshet.platform.Replica;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** Direct messages: each is in the one dialog of its two people. Thread-safe. */
public final class Dialogs {
  /** Characters (code points) of a message. */
  public static final int MAX_LENGTH = 4_000;

  private final PgDialogs store;
  private final Accounts accounts;
  private final Ids ids;

  public Dialogs(Jdbi jdbi, Accounts accounts, Ids ids) {
    this(jdbi, accounts, ids, Replica.none(jdbi));
  }

  public Dialogs(Jdbi jdbi, Accounts accounts, Ids ids, Replica replica) {
    this.store = new PgDialogs(jdbi, replica);
    this.accounts = accounts;
    this.ids = ids;
  }

  public Message send(AccountId from, AccountId to, String text) {
    if (text.isBlank() || text.indexOf('\0') >= 0) {
      throw new DialogException("text", "a message needs a text without NUL characters");
    }
    if (text.codePointCount(0, text.length()) > MAX_LENGTH) {
      throw new DialogException("text", "a message has at most " + MAX_LENGTH + " characters");
    }
    if (accounts.find(to).isEmpty()) {
      throw new DialogException("user_id", "there is no account " + to);
    }
    Message message = new Message(ids.next(), from, to, text);
    store.insert(message);
    return message;
  }

  /** Deletes some messages from or to a removed account; true if there may be more. */
  public boolean eraseOf(AccountId account, int limit) {
    return store.erase(account, limit) > 0;
  }

  /** The newest messages below {@code before}, newest first. */
  public List<Message> list(AccountId one, AccountId other, long before, int limit) {
    return store.list(one, other, before, limit);
  }
}
