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
import io.freshet.notification.PgAnswerNews.News;
import io.freshet.notification.PgAnswerNews.Words;
import io.freshet.platform.Json;
import io.freshet.question.AnswerAdded;
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

  private final PgAnswerNews answers;
  private final PgReach reach;
  private final Accounts accounts;
  private final Mails mails;
  private final Templates templates = new Templates();

  public AnswerMails(Jdbi jdbi, Accounts accounts, Mails mails, InstantSource clock) {
    this.answers = new PgAnswerNews(jdbi);
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
      for (News news : answers.living(List.of(answer))) {
        if (!toBeTold(news.asker(), List.of(news)).isEmpty()) {
          mails.gather(news.asker(), answer);
        }
      }
    }
    return List.of();
  }

  @Override
  public Optional<MailText> compose(Waiting mail) {
    Optional<Account> reader = accounts.find(new AccountId(mail.account()));
    List<News> told = toBeTold(mail.account(), answers.living(mails.items(mail)));
    if (reader.isEmpty() || told.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(text(reader.get(), told));
  }

  private List<News> toBeTold(long reader, List<News> news) {
    long[] authors =
        news.stream()
            .filter(each -> each.asker() == reader)
            .mapToLong(News::author)
            .distinct()
            .sorted()
            .toArray();
    long[] heard = authors.length == 0 ? authors : reach.heard(reader, authors);
    Map<Long, ?> living = accounts.findAll(Arrays.stream(heard).boxed().toList());
    return news.stream()
        .filter(each -> each.asker() == reader && living.containsKey(each.author()))
        .toList();
  }

  private MailText text(Account reader, List<News> told) {
    List<News> quoted = told.subList(0, Math.min(told.size(), QUOTED));
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

  private List<Map<String, String>> quotes(List<News> quoted) {
    Map<Long, Words> words =
        answers.words(quoted.stream().map(News::answer).toList()).stream()
            .collect(Collectors.toMap(Words::answer, each -> each));
    Map<Long, Account> authors =
        accounts.findAll(quoted.stream().map(News::author).distinct().toList());
    List<Map<String, String>> shown = new ArrayList<>();
    for (News each : quoted) {
      Optional<Words> says = Optional.ofNullable(words.get(each.answer()));
      Optional<Account> author = Optional.ofNullable(authors.get(each.author()));
      shown.add(
          Map.of(
              "who", OneLine.of(author.map(Account::name).orElse("Somebody"), NAME),
              "title", OneLine.of(says.map(Words::title).orElse(""), TITLE),
              "excerpt", OneLine.of(says.map(Words::text).orElse(""), EXCERPT),
              "link", mails.links().answer(each.question(), each.answer())));
    }
    return shown;
  }
}
