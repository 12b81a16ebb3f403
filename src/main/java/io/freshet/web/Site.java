package io.freshet.web;

import io.freshet.account.Accounts;
import io.freshet.account.Session;
import io.freshet.account.Sessions;
import io.freshet.account.Tickets;
import io.freshet.account.Tokens;
import io.freshet.dialog.Dialogs;
import io.freshet.feed.FeedReaders;
import io.freshet.feed.Feeds;
import io.freshet.feed.PostRenderer;
import io.freshet.feed.Sights;
import io.freshet.graph.Follows;
import io.freshet.graph.Mutes;
import io.freshet.graph.Restrictions;
import io.freshet.mail.Mails;
import io.freshet.notification.Notifications;
import io.freshet.platform.Replica;
import io.freshet.post.Interactions;
import io.freshet.post.Posts;
import io.freshet.post.Shares;
import io.freshet.question.AskedAndAnswered;
import io.freshet.ranking.Rankings;
import io.freshet.search.Searches;
import io.freshet.web.api.AccountReads;
import io.freshet.web.api.AccountsResource;
import io.freshet.web.api.AnswersResource;
import io.freshet.web.api.CommentsResource;
import io.freshet.web.api.FeedResource;
import io.freshet.web.api.FollowsResource;
import io.freshet.web.api.HidingsResource;
import io.freshet.web.api.LikesResource;
import io.freshet.web.api.MailResource;
import io.freshet.web.api.MediaResource;
import io.freshet.web.api.NotificationsResource;
import io.freshet.web.api.PostsResource;
import io.freshet.web.api.QuestionReads;
import io.freshet.web.api.QuestionsResource;
import io.freshet.web.api.RankingsResource;
import io.freshet.web.api.SearchResource;
import io.freshet.web.api.SessionsResource;
import io.freshet.web.api.SharesResource;
import io.freshet.web.api.StatusResource;
import io.freshet.web.api.StatusView;
import io.freshet.web.api.TagsResource;
import io.freshet.web.api.VotesResource;
import io.freshet.web.limits.RateLimits;
import io.freshet.web.live.LiveSite;
import io.freshet.web.otus.DialogResource;
import io.freshet.web.otus.FriendResource;
import io.freshet.web.otus.PostResource;
import io.freshet.web.otus.UserResource;
import io.freshet.web.page.AssetsResource;
import io.freshet.web.page.PageFacts;
import io.freshet.web.page.PageResource;
import io.freshet.web.page.PageSite;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Everything that is served over HTTP, made of the modules' faces.
 *
 * @param ready whether the database can be reached now
 * @param metrics all measurements in Prometheus' text format
 * @param status how all processes do
 */
public record Site(
    Accounts accounts,
    SignIns signIns,
    Follows follows,
    Mutes mutes,
    Restrictions restrictions,
    Posts posts,
    Interactions interactions,
    AskedAndAnswered asked,
    Shares shares,
    Feeds feeds,
    Sights sights,
    FeedReaders readers,
    PostRenderer renderer,
    MediaSite media,
    Dialogs dialogs,
    Notifications notifications,
    MailSite mail,
    Rankings rankings,
    Searches searches,
    Replica replica,
    LiveSite live,
    PageSite page,
    RateLimits limits,
    BooleanSupplier ready,
    Supplier<String> metrics,
    Supplier<StatusView> status) {

  /**
   * What signing in is made of.
   *
   * @param lasting of tokens that cannot be refreshed
   */
  public record SignIns(Sessions sessions, Tokens tokens, Duration lasting) {

    /** A token for as long as the session lasts, which cannot be refreshed. */
    public String issue(Session session) {
      return tokens.issue(session.access(), lasting);
    }
  }

  public List<Resource> resources() {
    Sessions sessions = signIns.sessions();
    Bearer bearer = new Bearer(signIns.tokens(), sessions);
    Bodies bodies = new Bodies();
    AccountReads reads = new AccountReads(accounts, follows, sights);
    FeedPages pages =
        new FeedPages(
            renderer, new Moments(interactions.counts(), interactions.marks(), asked.scores()));
    List<Resource> all =
        List.of(
            new FeedResource(feeds, readers, pages, accounts, bearer),
            new PostsResource(posts, feeds, pages, bearer, bodies),
            new LikesResource(interactions.likes(), sights, reads, bearer),
            new CommentsResource(interactions.comments(), sights, accounts, bearer, bodies),
            new TagsResource(sights, pages, bearer),
            new SharesResource(shares, feeds, pages, reads, bearer),
            new MediaResource(
                media.media(), media.attachments(), media.addresses(), bearer, bodies),
            new MediaFilesResource(media.media().files()),
            new AccountsResource(accounts, sessions, reads, bearer, bodies),
            new SessionsResource(accounts, sessions, signIns.tokens(), bearer, bodies, limits),
            new HidingsResource(mutes, restrictions, accounts, bearer, bodies),
            new FollowsResource(follows, reads, bearer),
            new NotificationsResource(notifications, accounts, bearer, bodies),
            new RankingsResource(rankings, accounts, sights, pages, bearer),
            new SearchResource(searches, posts, asked.questions(), sights, pages, reads, bearer));
    return Stream.of(
            all,
            questionResources(bearer, bodies),
            courseResources(bearer, bodies),
            mailResources(bearer, bodies),
            liveResources(bearer),
            pageResources(reads, pages, bearer),
            operatorResources(bearer))
        .flatMap(List::stream)
        .map(new ReplicaReads(replica, bearer)::over)
        .map(resource -> limits.over(resource, bearer))
        .toList();
  }

  private List<Resource> questionResources(Bearer bearer, Bodies bodies) {
    return List.of(
        new QuestionsResource(asked, sights, accounts, bearer, bodies),
        new AnswersResource(asked, sights, accounts, bearer, bodies),
        new VotesResource(asked, sights, bearer, bodies));
  }

  private List<Resource> courseResources(Bearer bearer, Bodies bodies) {
    return List.of(
        new UserResource(accounts, signIns, bodies, limits),
        new FriendResource(follows, bearer, bodies),
        new PostResource(posts, feeds, readers, bearer, bodies),
        new DialogResource(dialogs, bearer, bodies));
  }

  private List<Resource> mailResources(Bearer bearer, Bodies bodies) {
    Mails mails = mail.mails();
    Resource settings = new MailResource(mails, bearer, bodies);
    Resource links = new MailLinksResource(mails);
    return mail.isShown()
        ? List.of(settings, links, new MailShownResource(mails.kept()))
        : List.of(settings, links);
  }

  private List<Resource> operatorResources(Bearer bearer) {
    return List.of(
        new OperationsResource(ready, metrics),
        new StatusResource(status, accounts, bearer),
        new DocsResource());
  }

  private List<Resource> pageResources(AccountReads reads, FeedPages pages, Bearer bearer) {
    PageFacts facts =
        new PageFacts(
            reads, notifications, new QuestionReads(asked, sights, accounts), feeds, pages);
    PageResource.Policy policy =
        new PageResource.Policy(media.addresses().base(), live.elsewhere());
    return List.of(new AssetsResource(page), new PageResource(page, facts, bearer, policy));
  }

  private List<Resource> liveResources(Bearer bearer) {
    return live.resources(
        bearer,
        new Tickets(signIns.tokens()),
        (viewer, id) -> feeds.post(viewer, id).map(posts::plain));
  }
}
