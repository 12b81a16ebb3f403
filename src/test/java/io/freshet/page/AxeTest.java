package io.freshet.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** axe-core works under our policy, and finds what it is there for. */
class AxeTest {
  @RegisterExtension private final Browsers browsers = new Browsers();

  @Test
  void findsNothingWhereNothingIs() {
    Sample.show(browsers.visitor(), "<button>Send</button>").isAccessible();
  }

  @Test
  void namesWhatKeepsPeopleOut() {
    Visitor visitor = Sample.show(browsers.visitor(), "<button id=mute></button><input>");
    assertThatThrownBy(visitor::isAccessible)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("critical: Buttons must have discernible text (button-name)")
        .hasMessageContaining("[\"#mute\"] <button id=\"mute\"></button>")
        .hasMessageContaining("(label)");
  }

  @Test
  void measuresTargets() {
    Visitor visitor =
        Sample.show(browsers.visitor(), "<button>a</button><button>b</button><button>c</button>");
    visitor
        .page()
        .evaluate(
            """
            () => document.querySelectorAll('button').forEach(it => {
              it.style.cssText = 'all: revert; width: 12px; height: 12px; padding: 0; margin: 0';
            })
            """);
    assertThat(Axe.violations(visitor.page())).singleElement().asString().contains("target-size");
  }
}
