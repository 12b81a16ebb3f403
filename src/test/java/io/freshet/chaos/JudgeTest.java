package io.freshet.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.chaos.Call.Answer;
import io.freshet.chaos.Call.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The judge sees what is wrong in a history, and nothing where nothing is. */
class JudgeTest {
  private static final int ANN = 0;
  private static final int BOB = 1;
  private static final int CY = 2;
  private static final long POST = 1_000;
  private static final Answer DONE = new Answer.Done(List.of(), false);
  private static final Answer LOST = new Answer.None(false, "reset");

  private final People people =
      new People(
          List.of(
              new People.Person(10, "a"), new People.Person(11, "b"), new People.Person(12, "c")));
  private final List<Call> calls = new ArrayList<>();

  /** Times are in seconds. */
  private void call(Act act, double start, double end, Answer answer) {
    calls.add(
        new Call(calls.size() + 1, "web-1", act, (long) (start * 1e9), (long) (end * 1e9), answer));
  }

  private void annPostsAndBobFollows() {
    call(new Act.Publish(ANN, "post 1"), 0, 1, page(shown("post 1")));
    call(new Act.Follow(BOB, ANN), 0, 1, DONE);
  }

  private static Shown shown(String text) {
    return new Shown(POST, 10, text);
  }

  private static Answer page(Shown... posts) {
    return new Answer.Done(List.of(posts), false);
  }

  private void bobReads(double start, double end, Shown... posts) {
    call(Act.ReadFeed.top(BOB, 10), start, end, page(posts));
  }

  private List<String> violations() {
    return Judge.judge(people, calls).stream().map(Judge.Violation::what).toList();
  }

  @Test
  void findsNothingWrongWhereNothingIs() {
    annPostsAndBobFollows();
    bobReads(2, 3, shown("post 1"));
    assertThat(violations()).isEmpty();
  }

  @Test
  void seesAPostShownAfterItsDeleteWasAcknowledged() {
    annPostsAndBobFollows();
    call(new Act.Delete(ANN, POST), 2, 3, DONE);
    bobReads(2.9, 4, shown("post 1"));
    assertThat(violations()).isEmpty();
    bobReads(3.1, 4, shown("post 1"));
    assertThat(violations()).singleElement().asString().contains("G3", "Lives");
  }

  @Test
  void seesALikeThatIsNotShownThoughItWasAcknowledged() {
    annPostsAndBobFollows();
    call(new Act.Like(BOB, POST), 2, 3, DONE);
    bobReads(2.5, 4, new Shown(POST, 10, "post 1", 0, 0, 0, 0, Optional.of(false)));
    assertThat(violations()).isEmpty();
    bobReads(3.5, 4, new Shown(POST, 10, "post 1", 0, 0, 0, 0, Optional.of(true)));
    assertThat(violations()).isEmpty();
    bobReads(3.5, 4, new Shown(POST, 10, "post 1", 0, 0, 0, 0, Optional.of(false)));
    assertThat(violations()).singleElement().asString().contains("Likes");
  }

  @Test
  void seesAPostShownAfterAnUnfollowAMuteOrARestriction() {
    annPostsAndBobFollows();
    call(new Act.Unfollow(BOB, ANN), 2, 3, DONE);
    bobReads(4, 5, shown("post 1"));
    call(new Act.Follow(BOB, ANN), 6, 7, DONE);
    bobReads(8, 9, shown("post 1"));
    call(new Act.Mute(BOB, ANN), 10, 11, DONE);
    bobReads(12, 13, shown("post 1"));
    call(new Act.Unmute(BOB, ANN), 14, 15, DONE);
    call(new Act.Restrict(ANN, BOB), 14, 15, DONE);
    bobReads(16, 17, shown("post 1"));
    assertThat(violations())
        .satisfiesExactly(
            first -> assertThat(first).contains("Follows"),
            second -> assertThat(second).contains("Mutes"),
            third -> assertThat(third).contains("Restricts"));
  }

  @Test
  void seesAnOldTextAfterAnEditWasAcknowledged() {
    annPostsAndBobFollows();
    call(new Act.Edit(ANN, POST, "edit 1"), 2, 3, DONE);
    bobReads(4, 5, shown("edit 1"));
    assertThat(violations()).isEmpty();
    bobReads(4, 5, shown("post 1"));
    assertThat(violations()).singleElement().asString().contains("Text");
  }

  @Test
  void givesTheBenefitOfTheDoubtWhereNoAnswerCame() {
    annPostsAndBobFollows();
    call(new Act.Unfollow(BOB, ANN), 2, 3, DONE);
    call(new Act.Follow(BOB, ANN), 3, 4, LOST);
    bobReads(5, 6, shown("post 1"));
    call(new Act.Unfollow(BOB, ANN), 7, 8, DONE);
    bobReads(9, 10, shown("post 1"));
    assertThat(violations()).as("the follow may still be carried out").isEmpty();
    call(new Act.Unfollow(BOB, ANN), 15, 16, DONE);
    bobReads(17, 18, shown("post 1"));
    assertThat(violations()).singleElement().asString().contains("Follows");
  }

  @Test
  void seesThatAnAuthorMissesTheirOwnPost() {
    annPostsAndBobFollows();
    call(new Act.ReadAuthor(ANN, ANN), 0.5, 2, page());
    assertThat(violations()).isEmpty();
    call(new Act.ReadAuthor(ANN, ANN), 1.5, 2, page());
    assertThat(violations()).singleElement().asString().contains("G5");
  }

  @Test
  void seesAPageOutOfOrderAndPostsThatNobodyMade() {
    annPostsAndBobFollows();
    bobReads(2, 3, shown("post 1"), shown("post 1"));
    bobReads(2, 3, new Shown(7, 10, "?"));
    Act goesOn = new Act.ReadFeed(BOB, 10, Optional.of("cursor"), POST);
    call(goesOn, 2, 3, page(shown("post 1")));
    assertThat(violations())
        .satisfiesExactly(
            first -> assertThat(first).contains("G4"),
            second -> assertThat(second).contains("nobody made"),
            third -> assertThat(third).contains("G4", "goes on"));
  }

  @Test
  void seesAShareShownAfterItWasTakenBackOrItsOriginalDeleted() {
    annPostsAndBobFollows();
    call(new Act.Follow(CY, BOB), 0, 1, DONE);
    Shown share = new Shown(POST + 1, 11, "post 1", POST, 10);
    call(new Act.Share(BOB, POST), 2, 3, page(share));
    cyReads(4, share);
    assertThat(violations()).isEmpty();
    call(new Act.Unshare(BOB, POST), 5, 6, DONE);
    cyReads(7, share);
    call(new Act.Share(BOB, POST), 8, 9, page(share));
    call(new Act.Mute(CY, ANN), 10, 11, DONE);
    cyReads(12, share);
    call(new Act.Unmute(CY, ANN), 13, 14, DONE);
    call(new Act.Delete(ANN, POST), 13, 14, DONE);
    cyReads(15, share);
    assertThat(violations())
        .satisfiesExactly(
            first -> assertThat(first).contains("Shares"),
            second -> assertThat(second).contains("Mutes"),
            third -> assertThat(third).contains("Lives"));
  }

  @Test
  void seesAPostShownTwiceAndAShareOfAFollowees() {
    annPostsAndBobFollows();
    call(new Act.Follow(CY, BOB), 0, 1, DONE);
    call(new Act.Follow(CY, ANN), 0, 1, DONE);
    Shown share = new Shown(POST + 1, 11, "post 1", POST, 10);
    call(new Act.Share(BOB, POST), 2, 3, page(share));
    cyReads(4, share, shown("post 1"));
    assertThat(violations())
        .satisfiesExactly(
            first -> assertThat(first).contains("G4", "twice"),
            second -> assertThat(second).contains("Follows"));
  }

  private void cyReads(double start, Shown... posts) {
    call(Act.ReadFeed.top(CY, 10), start, start + 0.5, page(posts));
  }

  @Test
  void seesFaultsThatAreNotAnsweredAsTheyShould() {
    call(new Act.Follow(BOB, ANN), 0, 1, new Answer.Failed(503, true, ""));
    call(new Act.Follow(BOB, ANN), 0, 1, new Answer.Refused(404, ""));
    assertThat(violations()).isEmpty();
    call(new Act.Follow(BOB, ANN), 0, 1, new Answer.Failed(500, false, "oh"));
    call(new Act.Follow(BOB, ANN), 0, 1, new Answer.Failed(503, false, "oh"));
    assertThat(violations()).hasSize(2);
  }

  @Test
  void takesAPostAsMadeOnceHoweverOftenItWasTried() {
    call(new Act.Publish(ANN, "post 1"), 0, 1, LOST);
    call(new Act.Publish(ANN, "post 1"), 2, 3, page(shown("post 1")));
    call(new Act.ReadPost(BOB, POST), 0.5, 0.6, page(shown("post 1")));
    assertThat(violations()).isEmpty();
    assertThat(TimeUnit.NANOSECONDS.toSeconds(calls.getFirst().end())).isEqualTo(1);
  }
}
