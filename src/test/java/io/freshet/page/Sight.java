package io.freshet.page;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

/**
 * What one finds on a page by what it is and how it is called, as those do who hear it. Names are
 * whole.
 */
record Sight(Page page) {
  Locator button(String name) {
    return called(AriaRole.BUTTON, name);
  }

  Locator link(String name) {
    return called(AriaRole.LINK, name);
  }

  Locator heading(String name) {
    return called(AriaRole.HEADING, name);
  }

  Locator field(String label) {
    return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
  }

  Locator text(String words) {
    return page.getByText(words);
  }

  Locator dialog() {
    return page.getByRole(AriaRole.DIALOG);
  }

  Locator articles() {
    return page.getByRole(AriaRole.ARTICLE);
  }

  private Locator called(AriaRole role, String name) {
    return page.getByRole(role, new Page.GetByRoleOptions().setName(name).setExact(true));
  }
}
