package io.freshet.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A feed that is longer than its cache: the reader sees no seam at the 1,000th entry. */
@Tag("slow")
class LongFeedJourneyTest {
  private static final int POSTS = 1_090;

  private static final String SHOWN =
      "() => [...document.querySelectorAll('[role=feed] [data-item]')].map(it => it.dataset.item)";

  @RegisterExtension private final Browsers browsers = new Browsers();

  @Test
  void goesOnPastTheThousandthWithoutASeam() {
    Person author = browsers.person("Ada Lovelace");
    Person reader = browsers.person("Charles Babbage");
    reader.follows(author);
    List<String> posts = author.posts(POSTS, number -> "Post " + number);
    reader.awaits(posts.getLast());
    Page page = browsers.visitor(reader).opens("/").page();
    page.getByRole(AriaRole.FEED).waitFor();
    // The wheel loads as a reader's would; the button is for those who have none.
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Load more"))
        .press("Enter");
    page.mouse().move(600, 400);
    Locator end = page.getByText("You have reached the beginning.");
    for (int step = 0; step < POSTS && end.count() == 0; step++) {
      page.mouse().wheel(0, 6_000);
      assertThat(page.locator("[aria-busy=true]")).hasCount(0);
    }
    assertThat(end).isVisible();
    assertThat((List<?>) page.evaluate(SHOWN)).isEqualTo(posts.reversed());
  }
}
