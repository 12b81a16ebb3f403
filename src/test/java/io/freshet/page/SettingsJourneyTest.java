package io.freshet.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What members decide for themselves, and that it holds. */
class SettingsJourneyTest {
  @RegisterExtension private final Browsers browsers = new Browsers();
  private final Person ada = browsers.person("Ada Lovelace");
  private final Visitor visitor = browsers.visitor(ada);
  private final Page page = visitor.page();
  private final Sight sight = new Sight(page);

  @Test
  void speaksRussianAndEnglishAgain() {
    visitor.opens("/settings/appearance");
    sight.field("Русский").check();
    assertThat(sight.heading("Настройки")).isVisible();
    assertThat(page.locator("html")).hasAttribute("lang", "ru");
    page.reload();
    assertThat(sight.heading("Настройки")).isVisible();
    assertThat(page).hasTitle(Pattern.compile("Настройки · Freshet"));
    sight.field("English").check();
    assertThat(sight.heading("Settings")).isVisible();
    assertThat(page.locator("html")).hasAttribute("lang", "en");
  }

  @Test
  void staysDarkOverAReload() {
    visitor.opens("/settings/appearance");
    String light = ground();
    sight.field("Dark").check();
    assertThat(page.locator("html")).hasCSS("color-scheme", "dark");
    String dark = ground();
    assertThat(dark).isNotEqualTo(light);
    page.reload();
    assertThat(sight.field("Dark")).isChecked();
    assertThat(ground()).isEqualTo(dark);
    visitor.opens("/questions");
    assertThat(ground()).isEqualTo(dark);
    visitor.opens("/settings/appearance");
    sight.field("As the device").check();
    assertThat(ground()).isEqualTo(light);
  }

  @Test
  void showsAChangedProfileEverywhere() {
    visitor.opens("/settings/profile");
    sight.field("First name").fill("Augusta Ada");
    sight.field("Last name").fill("King");
    sight.field("City").fill("Лондон");
    sight.field("About you").fill("Notes on the engine, and nothing else");
    sight.button("Save").click();
    assertThat(sight.text("Saved")).isVisible();
    page.getByRole(AriaRole.NAVIGATION, named("Main")).getByText("My page").click();
    assertThat(sight.heading("Augusta Ada King")).isVisible();
    assertThat(sight.text("Лондон")).isVisible();
    page.reload();
    assertThat(sight.text("Notes on the engine, and nothing else")).isVisible();
    assertThat(ada.reads("/api/v1/accounts/me").path("lastName").asString()).isEqualTo("King");
    visitor.opens("/settings/profile");
    sight.field("First name").fill("");
    sight.button("Save").click();
    assertThat(sight.field("First name"))
        .hasAccessibleDescription(Pattern.compile("This is needed"));
    visitor.isAccessible();
  }

  @Test
  void takesANewPasswordOnlyFromWhoKnowsTheOldOne() {
    visitor.expects("403 PUT /api/v1/accounts/me/password").opens("/settings/account");
    changePassword("not my password", "an even longer password");
    assertThat(sight.field("Current password"))
        .hasAccessibleDescription(Pattern.compile("This is not your password"));
    changePassword(ada.password(), "an even longer password");
    assertThat(sight.text("The password is changed, other sessions have ended")).isVisible();
    assertThat(sight.field("Current password")).hasValue("");
    page.reload();
    assertThat(sight.heading("Settings")).isVisible();
    assertThat(ada.api().get("/api/v1/accounts/me").status()).isEqualTo(401);
    assertThat(signIn(ada.password())).isEqualTo(401);
    assertThat(signIn("an even longer password")).isEqualTo(201);
  }

  @Test
  void takesPeopleBackFromTheMuted() {
    Person loud = browsers.person("Charles Babbage");
    ada.mutes(loud);
    ada.restricts(loud);
    visitor.opens("/settings/muted");
    page.getByRole(AriaRole.BUTTON, named("Unmute")).click();
    assertThat(sight.text("Charles Babbage is in your feed again")).isVisible();
    visitor.opens("/settings/restricted");
    page.getByRole(AriaRole.BUTTON, named("Lift")).click();
    assertThat(sight.text("Charles Babbage sees your posts again")).isVisible();
    page.reload();
    assertThat(sight.heading("You have restricted nobody")).isVisible();
    assertThat(ada.reads("/api/v1/accounts/me/mutes").path("items")).isEmpty();
  }

  @Test
  void leavesForGood() {
    visitor.expects("403 DELETE /api/v1/accounts/me").allows("401 GET");
    String post = ada.posts("Soon to be gone");
    visitor.opens("/settings/account");
    sight.button("Remove the account…").click();
    assertThat(sight.dialog()).containsText("@" + ada.handle());
    sight.field("Password").fill("not my password");
    sight.button("Remove it for good").click();
    assertThat(sight.field("Password"))
        .hasAccessibleDescription(Pattern.compile("This is not your password"));
    visitor.isAccessible();
    sight.field("Password").fill(ada.password());
    sight.button("Remove it for good").click();
    assertThat(sight.text("Your account is removed")).isVisible();
    assertThat(sight.heading("What your people write, as they write it")).isVisible();
    assertThat(browsers.server().api().get("/api/v1/posts/" + post).status()).isEqualTo(404);
  }

  private void changePassword(String current, String next) {
    sight.field("Current password").fill(current);
    sight.field("New password").fill(next);
    sight.button("Change the password").click();
  }

  private int signIn(String password) {
    Map<String, String> credentials = Map.of("handle", ada.handle(), "password", password);
    return browsers.server().api().post("/api/v1/sessions", credentials).status();
  }

  private String ground() {
    return (String) page.evaluate("() => getComputedStyle(document.body).backgroundColor");
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }
}
