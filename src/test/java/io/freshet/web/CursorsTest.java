package io.freshet.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorsTest {
  @ParameterizedTest
  @ValueSource(longs = {0, 1, 742_000_000_000_000_001L, Long.MAX_VALUE})
  void readsWhatItWrote(long before) {
    assertThat(Cursors.decode("feed", Cursors.encode("feed", before)))
        .isEqualTo(OptionalLong.of(before));
  }

  @Test
  void carriesSeveralKeysAndTellsHowMany() {
    String cursor = Cursors.encodeKeys("search", -1, 0, Long.MIN_VALUE);
    assertThat(Cursors.decodeKeys("search", cursor, 3))
        .hasValueSatisfying(keys -> assertThat(keys).containsExactly(-1, 0, Long.MIN_VALUE));
    assertThat(Cursors.decodeKeys("search", cursor, 2)).isEmpty();
    assertThat(Cursors.decodeKeys("other", cursor, 3)).isEmpty();
  }

  @Test
  void refusesTheCursorOfAnotherList() {
    assertThat(Cursors.decode("posts", Cursors.encode("feed", 7))).isEmpty();
  }

  @Test
  void refusesEveryCursorWithOneCharacterChanged() {
    String cursor = Cursors.encode("feed", 742_000_000_000_000_001L);
    for (int i = 0; i < cursor.length(); i++) {
      for (char other : "AZaz09-_=+ \u00e9".toCharArray()) {
        String changed = cursor.substring(0, i) + other + cursor.substring(i + 1);
        assertThat(changed.equals(cursor) || Cursors.decode("feed", changed).isEmpty())
            .as(changed)
            .isTrue();
      }
    }
  }

  @Test
  void refusesMadeUpCursors() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 100_000; i++) {
      byte[] bytes = new byte[random.nextInt(20)];
      random.nextBytes(bytes);
      String made = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
      assertThat(Cursors.decode("feed", made)).as(made).isEmpty();
    }
  }
}
