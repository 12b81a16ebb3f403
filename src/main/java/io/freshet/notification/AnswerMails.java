package io.freshet.notification;

import io.freshet.account.Account;
import io.freshet.account.AccountId;
import io.freshet.account.Accounts;
import io.freshet.graph.PgReach;
import io.freshet.mail.Composer;
import io.freshet.mail.MailText;
import io.freshet.mail.Mails;
import io.freshet.mail.OneLine;
import io.freshet.mail.Templates;
import io.freshet.mail.Waiting;
import io.freshet.platform.Json;
import io.freshet.question.AnswerAdded;
import io.freshet.question.PgAnswerDeeds;
import io.freshet.question.PgAnswerDeeds.AnswerDeed;
import io.freshet.question.PgAnswerDeeds.AnswerWords;
import io.freshet.queue.Lane;
import io.freshet.queue.Task;
import io.freshet.queue.TaskHandler;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;

/**
 * Has who asked mailed of answers: puts each down for the next mail, and writes that mail when it
 * goes out, by what is true then. Nobody is mailed of their own answers, of people whom they mute
 * or who hide from them, or of what is gone. Thread-safe.
 */
public final class AnswerMails implements Composer {
  static final String TOPIC = "answer-mail";

  /** Answers that one mail quotes; of the others it says how many they are. */
  static final int QUOTED = 20;

  private static final int TITLE = 120;
  private static final int EXCERPT = 300;
  private static final int NAME = 80;

  private final PgAnswerDeeds answers;
  private final PgReach reach;
  private final Accounts accounts;
  private final Mails mails;
  private final Templates templates = new Templates();

  public AnswerMails(Jdbi jdbi, Accounts accounts, Mails mails, InstantSource clock) {
    this.answers = new PgAnswerDeeds(jdbi);
    this.reach = new PgReach(jdbi, clock);
    this.accounts = accounts;
    this.mails = mails;
  }

  /** What follows an answer: a task in the lane of notifications. */
  public static Map<String, TaskHandler> followUps() {
    return Map.of(
        AnswerAdded.TOPIC,
        body -> List.of(Task.of(TOPIC, Lane.NOTICES, Json.read(body, AnswerAdded.class))));
  }

  /** The handler of the task that follows, by topic. */
  public Map<String, TaskHandler> handlers() {
    return Map.of(TOPIC, body -> look(Json.read(body, AnswerAdded.class).answer()));
  }

  private List<Task> look(long answer) {
    if (mails.isFresh(answer)) {
      for (AnswerDeed deed : answers.living(List.of(answer))) {
        if (!toBeTold(deed.asker(), List.of(deed)).isEmpty()) {
          mails.gather(deed.asker(), answer);
        }
      }
    }
    return List.of();
  }

  @Override
  public Optional<MailText> compose(Waiting mail) {
    Optional<Account> reader = accounts.find(new AccountId(mail.account()));
    List<AnswerDeed> told = toBeTold(mail.account(), answers.living(mails.items(mail)));
    if (reader.isEmpty() || told.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(text(reader.get(), told));
  }

  private List<AnswerDeed> toBeTold(long reader, List<AnswerDeed> deeds) {
    long[] authors =
        deeds.stream()
            .filter(each -> each.asker() == reader)
            .mapToLong(AnswerDeed::author)
            .distinct()
            .sorted()
            .toArray();
    long[] heard = authors.length == 0 ? authors : reach.heard(reader, authors);
    Map<Long, ?> living = accounts.findAll(Arrays.stream(heard).boxed().toList());
    return deeds.stream()
        .filter(each -> each.asker() == reader && living.containsKey(each.author()))
        .toList();
  }

  private MailText text(Account reader, List<AnswerDeed> told) {
    List<AnswerDeed> quoted = told.subList(0, Math.min(told.size(), QUOTED));
    List<Map<String, String>> shown = quotes(quoted);
    Map<String, Object> values = new HashMap<>();
    values.put("first", shown.getFirst());
    values.put("name", OneLine.of(reader.name(), NAME));
    values.put("handle", reader.handle());
    values.put("one", told.size() == 1);
    values.put("count", told.size());
    values.put("answers", shown);
    values.put("more", told.size() > QUOTED ? List.of(told.size() - QUOTED) : List.of());
    values.put("unsubscribe", mails.unsubscribeLink(reader.id().value()));
    return templates.fill("answers", values);
  }

  private List<Map<String, String>> quotes(List<AnswerDeed> quoted) {
    Map<Long, AnswerWords> words =
        answers.words(quoted.stream().map(AnswerDeed::id).toList()).stream()
            .collect(Collectors.toMap(AnswerWords::answer, each -> each));
    Map<Long, Account> authors =
        accounts.findAll(quoted.stream().map(AnswerDeed::author).distinct().toList());
    List<Map<String, String>> shown = new ArrayList<>();
    for (AnswerDeed each : quoted) {
      Optional<AnswerWords> says = Optional.ofNullable(words.get(each.id()));
      Optional<Account> author = Optional.ofNullable(authors.get(each.author()));
      shown.add(
          Map.of(
              "who", OneLine.of(author.map(Account::name).orElse("Somebody"), NAME),
              "title", OneLine.of(says.map(AnswerWords::title).orElse(""), TITLE),
              "excerpt", OneLine.of(says.map(AnswerWords::text).orElse(""), EXCERPT),
              "link", mails.links().answer(each.question(), each.id())));
    }
    return shown;
  }
}
