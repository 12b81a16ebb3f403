package io.freshet.question;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SummaryCodecTest {
  static Stream<Summary> summaries() {
    return Stream.of(
        new Summary(0, 0, false),
        new Summary(-7, 300, true),
        new Summary(Integer.MAX_VALUE, 1, false));
  }

  @ParameterizedTest
  @MethodSource("summaries")
  void readsWhatItWrote(Summary summary) {
    SummaryCodec codec = new SummaryCodec();
    assertThat(codec.read(codec.write(summary))).isEqualTo(summary);
  }
}
