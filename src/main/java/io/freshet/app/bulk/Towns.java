package io.freshet.app.bulk;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.datafaker.Faker;

/**
 * Makes towns: people for a graph that was read, or a whole made-up one. The same seed makes the
 * same town.
 */
public final class Towns {
  /** Who shows the demo to its visitor. */
  public static final String GUIDE = "demo";

  /** Whom everybody follows. */
  public static final String STAR = "star";

  private static final int NAMES = 1_000;
  private static final int DEMO_PEOPLE = 2_000;
  private static final int DEMO_POSTS_EACH = 10;
  private static final int GUIDE_FOLLOWS = 120;
  private static final int MOST_FOLLOWEES = 400;
  private static final double FEWEST_FOLLOWEES = 8;

  /** Exponent of the power law of how many one follows; 2 to 3 in real networks. */
  private static final double EXPONENT = 2.2;

  private final Random random;
  private final List<String> firstNames = new ArrayList<>();
  private final List<String> lastNames = new ArrayList<>();
  private final List<String> cities = new ArrayList<>();

  public Towns(long seed) {
    this.random = new Random(seed);
    Faker faker = new Faker(Locale.ENGLISH, random);
    for (int i = 0; i < NAMES; i++) {
      firstNames.add(faker.name().firstName());
      lastNames.add(faker.name().lastName());
      cities.add(faker.address().city());
    }
  }

  /**
   * People for a graph from a file, called by the prefix and their node; the node -1 is the star.
   */
  public List<Person> peopleOf(SocialGraph graph, String prefix, Optional<String> passwordHash) {
    List<Person> people = new ArrayList<>(graph.nodes().length);
    for (long node : graph.nodes()) {
      people.add(node < 0 ? star(passwordHash) : person(prefix + node, passwordHash));
    }
    return people;
  }

  /** Some 2,000 people who follow each other by a power law, and a star whom all follow. */
  public Town demo(Optional<String> passwordHash) {
    List<Person> people = new ArrayList<>();
    people.add(
        new Person(GUIDE, "Demo", "Visitor", pick(cities), "Here to look around.", passwordHash));
    Set<String> handles = new HashSet<>(Set.of(GUIDE, STAR));
    while (people.size() < DEMO_PEOPLE - 1) {
      Person person = person("", passwordHash);
      String handle = handle(person, handles);
      people.add(
          new Person(
              handle,
              person.firstName(),
              person.lastName(),
              person.city(),
              person.biography(),
              passwordHash));
    }
    SocialGraph.Builder graph = new SocialGraph.Builder();
    for (int i = 0; i < people.size(); i++) {
      graph.index(i);
    }
    for (int i = 0; i < people.size(); i++) {
      int wanted = i == 0 ? GUIDE_FOLLOWS : powerLaw();
      for (int k = 0; k < wanted; k++) {
        graph.addIndexed(i, popular(people.size()));
      }
    }
    people.add(star(passwordHash));
    return new Town(
        people, graph.build().withStar(), DEMO_POSTS_EACH, PostTexts.madeUp(random.nextLong()));
  }

  /** Somebody of whom only the handle is known; the same for the same handle. */
  public Person stranger(String handle) {
    int hash = handle.hashCode();
    int name = Math.floorMod(hash, NAMES);
    int other = Math.floorMod(hash / NAMES, NAMES);
    return new Person(handle, firstNames.get(name), lastNames.get(other), "", "", Optional.empty());
  }

  private Person star(Optional<String> passwordHash) {
    return new Person(STAR, "Stella", "Star", "Reykjavik", "Everybody follows me.", passwordHash);
  }

  private Person person(String handle, Optional<String> passwordHash) {
    return new Person(handle, pick(firstNames), pick(lastNames), pick(cities), "", passwordHash);
  }

  private String handle(Person person, Set<String> taken) {
    String plain =
        (person.firstName() + "_" + person.lastName())
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9_]", "");
    String base = plain.substring(0, Math.min(plain.length(), 24));
    String handle = base;
    for (int i = 2; !taken.add(handle); i++) {
      handle = base + i;
    }
    return handle;
  }

  private int powerLaw() {
    double drawn = FEWEST_FOLLOWEES * Math.pow(1 - random.nextDouble(), -1 / (EXPONENT - 1));
    return (int) Math.min(MOST_FOLLOWEES, drawn);
  }

  /**
   * The lower the number, the more popular: the n-th has about n to the power of -1/2 as many
   * followers.
   */
  private int popular(int people) {
    double u = random.nextDouble();
    return (int) (people * u * u);
  }

  private String pick(List<String> from) {
    return from.get(random.nextInt(from.size()));
  }
}
