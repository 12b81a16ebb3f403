package io.freshet.app.exchange;

/** How many of each. */
public record Numbers(
    long people, long questions, long answers, long tags, long votes, long comments) {
  static final Numbers NONE = new Numbers(0, 0, 0, 0, 0, 0);

  Numbers plus(Numbers more) {
    return new Numbers(
        people + more.people,
        questions + more.questions,
        answers + more.answers,
        tags + more.tags,
        votes + more.votes,
        comments + more.comments);
  }
}
