package io.freshet.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import io.freshet.platform.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/**
 * Every address of the page, in every look: nothing keeps people out, nothing is wider than the
 * window, everything has a name and words of the reader's language.
 */
@Tag("slow")
class EveryPageTest {
  /** Latin words that are the same in all languages. */
  private static final Pattern OURS =
      Pattern.compile("Freshet|API|English|Markdown|HTML|Ctrl|Enter|Java-http-client|Chrome|Linux");

  private static final Pattern LATIN = Pattern.compile("[A-Za-z]{2,}");

  /** What is on the page now, for the rules below; words of people's own are left out of labels. */
  private static final String SEEN =
      """
      () => {
        const theirs = '[dir=auto], bdi, time, code, kbd, .who, [lang]:not(html)';
        const shown = it => it.checkVisibility({ visibilityProperty: true });
        const own = it => {
          if (it.closest(theirs) !== null) return '';
          const copy = it.cloneNode(true);
          copy.querySelectorAll(theirs).forEach(part => part.remove());
          return copy.textContent.trim();
        };
        const all = query => [...document.querySelectorAll(query)].filter(shown);
        const named = name => all(`[${name}]`).map(it => it.getAttribute(name));
        const wide = [...document.querySelectorAll('body *')]
          .filter(it => it.getBoundingClientRect().right > innerWidth + 1)
          .map(it => `${it.tagName} ${it.className}`);
        return JSON.stringify({
          h1: document.querySelectorAll('h1').length,
          mains: document.querySelectorAll('main').length,
          wide: document.scrollingElement.scrollWidth <= innerWidth ? [] : wide.slice(-4),
          title: document.title,
          lines: document.body.innerText.split(/\\n/).map(it => it.trim()),
          names: ['aria-label', 'title', 'placeholder'].flatMap(named),
          labels: all('button, h1, h2, h3, label, legend, thead th, .tabs a, .ways a, .button').map(own),
          nameless: all('h1, h2, h3').filter(it => it.textContent.trim() === '').length,
        });
      }
      """;

  @RegisterExtension private final Browsers browsers = new Browsers();

  /** How one looks at it. */
  enum Way {
    DESK,
    DARK,
    PHONE,
    NARROW_DARK,
    RUSSIAN;

    Look look() {
      return switch (this) {
        case DESK -> Look.USUAL;
        case DARK -> Look.USUAL.dark();
        case PHONE -> new Look("en-US", Look.USUAL.colours(), 390, 844);
        case NARROW_DARK -> Look.USUAL.dark().narrow();
        case RUSSIAN -> Look.USUAL.russian().narrow();
      };
    }

    /** The others differ from these by their width or their words alone. */
    boolean isJudgedByAxe() {
      return this == DESK || this == DARK || this == NARROW_DARK;
    }

    boolean isRussian() {
      return look().language().startsWith("ru");
    }
  }

  /**
   * An address.
   *
   * @param there what is on it when all of it has come
   */
  private record Address(String path, String there) {}

  @ParameterizedTest
  @EnumSource
  void isFitForAMember(Way way) {
    Village village = Village.built();
    String author = village.author.handle();
    Visitor visitor = browsers.visitor(village.reader, way.look()).expects("404 GET /nothing/here");
    visitor
        .expects("404 GET /posts/4")
        .allows("404 GET /api/v1/posts/4")
        .allows("404 GET /@nobody");
    Stream<Address> own =
        Stream.of(
                "",
                "/profile",
                "/appearance",
                "/notifications",
                "/mail",
                "/muted",
                "/restricted",
                "/account")
            .map(section ->
                new Address(
                    "/settings" + section, "main h1 ~ * input, main [data-item], main button"));
    Stream<Address> others =
        Stream.of(
            new Address("/", "[role=feed] .media img"),
            new Address("/me", "[role=feed] [data-item]"),
            new Address("/@" + author, "[role=feed] .media img"),
            new Address("/@" + author + "/followers", "main [data-item]"),
            new Address("/@" + author + "/followees", "main [data-item]"),
            new Address("/@nobody_at_all", ".empty"),
            new Address("/posts/" + village.post, "main [role=listitem], .comments li"),
            new Address("/posts/4", ".empty"),
            new Address("/tags/words", "[role=feed] [data-item]"),
            new Address("/tags/nothing", ".empty"),
            new Address("/notifications", "main [data-item]"),
            new Address("/sessions", "main [data-item]"),
            new Address("/status", "main table"),
            new Address("/nothing/here", ".empty"));
    look(visitor, way, Stream.of(own, others, questions(village)).flatMap(it -> it).toList());
  }

  private static Stream<Address> questions(Village village) {
    return Stream.of(
        new Address("/questions", "main [role=listitem]"),
        new Address("/questions?sort=hot", "main [role=listitem]"),
        new Address("/questions?sort=unanswered", "main [role=listitem]"),
        new Address("/questions?tag=words", "main [role=listitem]"),
        new Address("/questions?tag=nothing", ".empty"),
        new Address("/questions/" + village.question, "main article .prose pre"),
        new Address("/questions/" + village.question + "?page=2", "main article .prose"),
        new Address("/questions/" + village.unanswered, ".empty"),
        new Address("/ask", "main form input"),
        new Address("/ask?tag=words", "main form input"),
        new Address("/search", ".empty"),
        new Address("/search?q=reader", "main [data-item]"),
        new Address("/search?q=pictures&kind=posts", "main [data-item]"),
        new Address("/search?q=charles&kind=people", "main [data-item]"),
        new Address("/search?q=words&kind=tags", "main [data-item]"),
        new Address("/search?q=424242424242", ".empty"));
  }

  @ParameterizedTest
  @EnumSource
  void isFitForAStranger(Way way) {
    Village village = Village.built();
    look(
        browsers.visitor(way.look()),
        way,
        List.of(
            new Address("/", ".welcome"),
            new Address("/sign-in", "main form"),
            new Address("/register", "main form"),
            new Address("/ask", ".empty"),
            new Address("/questions/" + village.question, "main article .prose pre"),
            new Address("/posts/" + village.post, "main article"),
            new Address("/@" + village.author.handle(), "[role=feed] [data-item]")));
  }

  @ParameterizedTest
  @EnumSource
  void isFitForANewcomer(Way way) {
    Village village = Village.built();
    String self = "/@" + village.newcomer.handle();
    Visitor visitor = browsers.visitor(village.newcomer, way.look());
    look(
        visitor.expects("403 GET /api/v1/status"),
        way,
        List.of(
            new Address("/", ".empty"),
            new Address("/me", ".empty"),
            new Address(self + "/followers", ".empty"),
            new Address(self + "/followees", ".empty"),
            new Address("/notifications", ".empty"),
            new Address("/settings/muted", ".empty"),
            new Address("/settings/restricted", ".empty"),
            new Address("/status", ".empty code")));
  }

  private static void look(Visitor visitor, Way way, List<Address> addresses) {
    List<String> faults = new ArrayList<>();
    for (Address address : addresses) {
      Page page = visitor.opens(address.path()).page();
      assertThat(page.locator(address.there()).locator("visible=true").first()).isVisible();
      assertThat(page.locator(".skeleton, [aria-busy=true]")).hasCount(0);
      JsonNode seen = Json.MAPPER.readTree((String) page.evaluate(SEEN));
      List<String> violations = way.isJudgedByAxe() ? Axe.violations(page) : List.of();
      Stream.of(shape(seen), language(seen, way), violations.stream())
          .flatMap(it -> it)
          .map(fault -> address.path() + ": " + fault)
          .forEach(faults::add);
    }
    Assertions.assertThat(faults)
        .overridingErrorMessage(() -> way + "\n" + String.join("\n", faults))
        .isEmpty();
  }

  private static Stream<String> shape(JsonNode seen) {
    String title = seen.path("title").asString();
    return Stream.of(
            fault(seen.path("h1").asInt() != 1, "has " + seen.path("h1") + " main headings"),
            fault(seen.path("mains").asInt() != 1, "has " + seen.path("mains") + " mains"),
            fault(!seen.path("wide").isEmpty(), "is too wide: " + seen.path("wide")),
            fault(seen.path("nameless").asInt() > 0, "has an empty heading"),
            fault(!title.matches("(?s)(\\(\\d+\\) )?.+ · Freshet"), "is titled " + title))
        .flatMap(Optional::stream);
  }

  private static Stream<String> language(JsonNode seen, Way way) {
    List<String> words =
        Stream.of("lines", "names", "labels")
            .flatMap(it -> seen.path(it).valueStream())
            .map(JsonNode::asString)
            .toList();
    Stream<String> keys =
        words.stream().filter(Words.KEYS::contains).filter(it -> it.contains("."));
    Stream<String> english = words.stream().filter(Words.ENGLISH::contains);
    Stream<String> latin =
        seen.path("labels").valueStream().map(JsonNode::asString).filter(EveryPageTest::isLatin);
    return Stream.concat(
            keys.map(it -> "shows the key " + it),
            way.isRussian()
                ? Stream.concat(english, latin).map(it -> "says in English: " + it)
                : Stream.of())
        .distinct();
  }

  private static boolean isLatin(String label) {
    String rest = OURS.matcher(label).replaceAll("").replaceAll("[@#/][\\w/.-]+", "");
    for (String name : Village.built().names) {
      rest = rest.replace(name, "");
    }
    return LATIN.matcher(rest).find();
  }

  private static Optional<String> fault(boolean isThere, String text) {
    return isThere ? Optional.of(text) : Optional.empty();
  }
}
