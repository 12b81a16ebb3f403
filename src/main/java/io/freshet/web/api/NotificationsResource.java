package io.freshet.web.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.freshet.account.Account;
import io.freshet.account.AccountId;
import io.freshet.account.Accounts;
import io.freshet.notification.Kind;
import io.freshet.notification.Notification;
import io.freshet.notification.Notifications;
import io.freshet.notification.Preferences;
import io.freshet.platform.Page;
import io.freshet.post.PostId;
import io.freshet.web.Bearer;
import io.freshet.web.Bodies;
import io.freshet.web.Params;
import io.freshet.web.Problem;
import io.freshet.web.ProblemKind;
import io.freshet.web.Replies;
import io.freshet.web.Resource;
import io.freshet.web.Route;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What the caller is told of: the list, how much of it is new, and what is wanted in it. */
public final class NotificationsResource implements Resource {
  private static final String PATH = "/api/v1/notifications";
  private static final String LIST = "notifications";

  private final Notifications notifications;
  private final Accounts accounts;
  private final People people;
  private final Bearer bearer;
  private final Bodies bodies;

  public NotificationsResource(
      Notifications notifications, Accounts accounts, Bearer bearer, Bodies bodies) {
    this.notifications = notifications;
    this.accounts = accounts;
    this.people = new People(accounts);
    this.bearer = bearer;
    this.bodies = bodies;
  }

  /** Somebody who did it. */
  record Actor(String id, String handle, String name) {
    static Actor of(Account account) {
      return new Actor(account.id().toString(), account.handle(), account.name());
    }
  }

  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record View(
      String id,
      Kind kind,
      Optional<String> post,
      Optional<String> comment,
      Optional<String> answer,
      List<Actor> actors,
      int count,
      Instant at,
      boolean read) {}

  record Unread(int unread) {}

  record Mark(@JsonProperty(required = true) String upTo) {}

  /** What is left out of a request is wanted, and from everybody. */
  record Wishes(
      Optional<Boolean> follow,
      Optional<Boolean> like,
      Optional<Boolean> comment,
      Optional<Boolean> share,
      Optional<Boolean> mention,
      Optional<Boolean> answer,
      Optional<Boolean> accepted,
      Optional<Boolean> onlyFollowed) {

    static Wishes of(Preferences preferences) {
      return new Wishes(
          Optional.of(preferences.wants(Kind.FOLLOW)),
          Optional.of(preferences.wants(Kind.LIKE)),
          Optional.of(preferences.wants(Kind.COMMENT)),
          Optional.of(preferences.wants(Kind.SHARE)),
          Optional.of(preferences.wants(Kind.MENTION)),
          Optional.of(preferences.wants(Kind.ANSWER)),
          Optional.of(preferences.wants(Kind.ACCEPTED)),
          Optional.of(preferences.onlyFollowed()));
    }

    Preferences preferences() {
      Set<Kind> unwanted = EnumSet.noneOf(Kind.class);
      for (Kind kind : Kind.values()) {
        if (!wish(kind).orElse(true)) {
          unwanted.add(kind);
        }
      }
      return new Preferences(unwanted, onlyFollowed.orElse(false));
    }

    private Optional<Boolean> wish(Kind kind) {
      return switch (kind) {
        case FOLLOW -> follow;
        case LIKE -> like;
        case COMMENT -> comment;
        case SHARE -> share;
        case MENTION -> mention;
        case ANSWER -> answer;
        case ACCEPTED -> accepted;
      };
    }
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get(PATH, this::list),
        Route.get(PATH + "/unread", this::unread),
        Route.put(PATH + "/read", this::read),
        Route.get(PATH + "/preferences", this::preferences),
        Route.put(PATH + "/preferences", this::prefer));
  }

  private void list(ServerRequest request, ServerResponse response) {
    AccountId caller = bearer.caller(request);
    Page<Notification> page =
        notifications.page(caller, Params.before(request, LIST), Params.limit(request));
    Map<Long, Account> actors =
        people.byId(page.items().stream().flatMap(item -> item.actors().stream()).toList());
    Page<View> views = page.map(item -> view(item, actors));
    List<View> shown = views.items().stream().filter(item -> !item.actors().isEmpty()).toList();
    Replies.page(request, response, LIST, new Page<>(shown, views.next()), Function.identity());
  }

  private static View view(Notification item, Map<Long, Account> accounts) {
    List<Actor> actors =
        item.actors().stream()
            .map(id -> accounts.get(id.value()))
            .filter(Objects::nonNull)
            .map(Actor::of)
            .toList();
    return new View(
        Long.toString(item.id()),
        item.kind(),
        item.post().map(PostId::toString),
        item.comment().stream().mapToObj(Long::toString).findFirst(),
        item.answer().stream().mapToObj(Long::toString).findFirst(),
        actors,
        item.count(),
        item.at(),
        item.isRead());
  }

  private void unread(ServerRequest request, ServerResponse response) {
    sendUnread(response, bearer.caller(request));
  }

  private void read(ServerRequest request, ServerResponse response) {
    AccountId caller = bearer.caller(request);
    notifications.read(caller, Params.id("upTo", bodies.read(request, Mark.class).upTo()));
    sendUnread(response, caller);
  }

  private void sendUnread(ServerResponse response, AccountId caller) {
    Replies.json(response, Status.OK_200, new Unread(notifications.unread(caller).size()));
  }

  private void preferences(ServerRequest request, ServerResponse response) {
    sendPreferences(response, bearer.caller(request));
  }

  private void prefer(ServerRequest request, ServerResponse response) {
    AccountId caller = bearer.caller(request);
    Preferences wanted = bodies.read(request, Wishes.class).preferences();
    if (accounts.find(caller).isEmpty()) {
      throw Problem.of(ProblemKind.NOT_FOUND, "There is no account " + caller).thrown();
    }
    notifications.prefer(caller, wanted);
    sendPreferences(response, caller);
  }

  private void sendPreferences(ServerResponse response, AccountId caller) {
    Replies.json(response, Status.OK_200, Wishes.of(notifications.preferences(caller)));
  }
}
