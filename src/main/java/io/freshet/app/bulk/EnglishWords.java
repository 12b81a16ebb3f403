package io.freshet.app.bulk;

import java.util.List;

/** What English questions are made of; see {@link QuestionWords}. */
final class EnglishWords {
  static final List<String> NOUNS =
      QuestionWords.words(
          "server query index list file thread answer key cache log counter route address package"
              + " module container image loop array buffer socket token template report chart"
              + " snapshot search translation recipe dough bicycle lens garden equation matrix"
              + " sample theorem circuit battery antenna keyboard screen window button form table"
              + " column row cursor transaction lock deadlock replica queue worker message channel"
              + " stream event clock timer budget invoice ticket passport train border");
  static final List<String> VERBS =
      QuestionWords.words(
          "sort measure replace merge split move repair debug describe compress read write open"
              + " close restart migrate test render parse cancel repeat share hide count limit warm"
              + " bake water solve prove draw print record replay schedule deploy encrypt validate"
              + " normalise compare update remove");
  static final List<String> ADJECTIVES =
      QuestionWords.words(
          "slow fast empty large small new old shared nested temporary broken exact random sparse"
              + " dense quiet remote local public private bitter wet dry symmetric linear stable"
              + " unstable partial lazy eager recursive stale fresh heavy light");
  static final List<String> TITLES =
      List.of(
          "How do I $v a $n in $p?",
          "Why does my $n $v when the $n is $a?",
          "$p: $v the $a $n without a $n",
          "What is the best way to $v the $n of $p?",
          "Can a $a $n $v two of them at once?",
          "Difference between $p and $p for a $a $n",
          "$p $d.$d: the $n does not $v any more",
          "Is there a $n that can $v a $a $n?",
          "How to $v $d $ns with $p and stay $a?",
          "When should one $v the $n before the $n?");
  static final List<String> SENTENCES =
      List.of(
          "I try to $v a $a $n with $p, and it takes $d seconds.",
          "The $n is $a, yet nothing happens when I $v it.",
          "With $p $d everything was well, since then the $n has become $a.",
          "You can $v the $n first and then $v the other one.",
          "According to its manual **$p** should $v every $n by itself.",
          "What helped me was to $v the $n and to leave the $n as it was.",
          "Look at the $n: if it is $a, `$p` will not $v it.",
          "I have read about the $n, but not about a $a one.",
          "There are $d of them, each with a $a $n.",
          "Never $v a $n that somebody else may $v at the same time.",
          "In short: $v it, $v it again, and keep the $n $a.",
          "My $n is about $d percent $a, if that matters.");

  private EnglishWords() {}
}
