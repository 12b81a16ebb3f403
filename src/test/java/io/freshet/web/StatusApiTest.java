package io.freshet.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.account.Account;
import io.freshet.account.Accounts;
import io.freshet.web.TestClient.Answer;
import io.freshet.web.TestSite.Person;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Who gets to see the status over HTTP, and who is seen to be an administrator. */
class StatusApiTest {
  private static final String STATUS = "/api/v1/status";
  private static final String ME = "/api/v1/accounts/me";

  @AutoClose private static final TestSite SITE = TestSite.open();
  private static final Accounts ACCOUNTS = SITE.site().accounts();

  @Test
  void showsTheStatusToAdministratorsOnly() {
    Person ada = SITE.person("Ada");
    Person bob = SITE.person("Bob");
    ACCOUNTS.appoint(ada.id(), true);
    assertThat(SITE.anyone().get(STATUS).status()).isEqualTo(401);
    Answer refused = SITE.as(bob).get(STATUS);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.text("type")).isEqualTo("urn:freshet:problem:administrators-only");
    Answer shown = SITE.as(ada).get(STATUS);
    assertThat(shown.status()).isEqualTo(200);
    assertThat(shown.json().path("every").asInt()).isEqualTo(15);
    assertThat(shown.header("Cache-Control")).isEqualTo("no-store");
  }

  @Test
  void isOverWithTheRole() {
    Person cleo = SITE.person("Cleo");
    ACCOUNTS.appoint(cleo.id(), true);
    assertThat(SITE.as(cleo).get(STATUS).status()).isEqualTo(200);
    ACCOUNTS.appoint(cleo.id(), false);
    assertThat(SITE.as(cleo).get(STATUS).status()).as("with the same token").isEqualTo(403);
    ACCOUNTS.appoint(cleo.id(), true);
    SITE.site().signIns().sessions().removeAccount(cleo.id());
    assertThat(SITE.as(cleo).get(STATUS).status()).as("gone").isIn(401, 403);
  }

  @Test
  void isTheOwnBusinessOfAnAdministrator() {
    Person dan = SITE.person("Dan");
    Person eve = SITE.person("Eve");
    assertThat(SITE.as(dan).get(ME).json().has("administrator")).isFalse();
    ACCOUNTS.appoint(dan.id(), true);
    assertThat(SITE.as(dan).get(ME).json().path("administrator").asBoolean()).isTrue();
    Answer changed = SITE.as(dan).put(ME, Map.of("firstName", "Daniel"));
    assertThat(changed.json().path("administrator").asBoolean()).isTrue();
    Account account = ACCOUNTS.find(dan.id()).orElseThrow();
    for (String path :
        new String[] {
          "/api/v1/accounts/" + dan.id(),
          "/api/v1/accounts?handle=" + account.handle(),
          "/api/v1/accounts?prefix=Daniel"
        }) {
      Answer seen = SITE.as(eve).get(path);
      assertThat(seen.body()).contains("Daniel").doesNotContain("administrator");
    }
    assertThat(SITE.as(eve).put(ME, Map.of("firstName", "Eve", "administrator", true)).status())
        .isEqualTo(400);
    assertThat(ACCOUNTS.isAdministrator(eve.id())).isFalse();
  }
}
