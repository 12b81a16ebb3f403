package io.freshet.page;

import io.freshet.testkit.SamplePictures;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/** A dozen people in a small town by a river, for pictures of the page. */
final class Town {
  private static final int WIDTH = 1_280;
  private static final int HEIGHT = 720;

  private static final String GAUGE =
      """
      Our town has put a water gauge under the old bridge. It answers over HTTP with the level
      in centimetres. My script sleeps for ten minutes between two readings, but after a day
      it is **a quarter of an hour late**:

      ```python
      while True:
          level = read_gauge()
          save(datetime.now(), level)
          time.sleep(600)
      ```

      How do others do this?
      """;

  private static final String STEPS =
      """
      Reading takes time, too, and your loop adds it to the ten minutes. Sleep until the next
      full step instead:

      ```python
      step = 600
      while True:
          time.sleep(step - time.time() % step)
          save(datetime.now(), read_gauge())
      ```

      The clock may drift, your readings do not.
      """;

  private final List<Person> people = new ArrayList<>();

  /** Whose page is seen. */
  final Person mira = joins("Mira Castellanos", "mira");

  private final Person jonas = joins("Jonas Lindqvist", "jonas");
  private final Person amina = joins("Amina Diallo", "amina_d");
  private final Person piotr = joins("Piotr Zieliński", "piotr");
  private final Person hana = joins("Hana Kovářová", "hana_k");
  private final Person tomas = joins("Tomás Ferreira", "tomas_f");
  private final Person yuki = joins("Yuki Tanabe", "yuki");
  private final Person eleni = joins("Eleni Papadaki", "eleni");
  private final Person samir = joins("Samir Haddad", "samir");
  private final Person greta = joins("Greta Hollander", "greta");
  private final Person ivan = joins("Иван Соколов", "ivan_s");
  private final Person nell = joins("Nell O’Hara", "nell");

  final String question;
  final String newest;

  Town() {
    people.forEach(mira::follows);
    for (int i = 0; i < people.size(); i++) {
      people.get(i).follows(mira);
      people.get(i).follows(people.get((i + 3) % people.size()));
    }
    questions();
    question = asksAboutTheGauge();
    newest = writes();
    mira.awaits(newest);
  }

  private Person joins(String name, String handle) {
    Person person = PageServer.running().person(name, handle);
    if (!handle.equals("mira")) {
      people.add(person);
    }
    return person;
  }

  private void questions() {
    asks(jonas, "Which varnish survives a winter on a rowing boat?", 6, "boats", "wood");
    asks(eleni, "How do I keep bread fresh without plastic?", 9, "baking", "kitchen");
    asks(greta, "Why does my sourdough rise only at night?", 12, "baking");
    asks(samir, "Is there a free map of the footpaths along the river?", 4, "maps", "walking");
    asks(hana, "How does one read a tide table?", 7, "boats", "weather");
    asks(ivan, "What is the best beginner’s telescope for a city sky?", 5, "stars");
    asks(tomas, "Can a Raspberry Pi measure rain?", 8, "electronics", "weather", "python");
    asks(nell, "Who repairs accordions nearby?", 3, "music");
  }

  private void asks(Person person, String title, int votes, String... tags) {
    String id =
        person.asks(title, "I have tried a few things and would like to hear from others.", tags);
    people.stream()
        .filter(it -> !it.equals(person))
        .limit(votes)
        .forEach(it -> it.votesOnQuestion(id, 1));
    Person helper = people.get((people.indexOf(person) + 5) % people.size());
    String answer = helper.answers(id, "Yes, and it is easier than it sounds. Start small.");
    people.stream()
        .filter(it -> !it.equals(helper))
        .limit(votes - 1)
        .forEach(it -> it.votesOnAnswer(answer, 1));
  }

  private String asksAboutTheGauge() {
    String id =
        amina.asks(
            "How do I read a river gauge every ten minutes without missing one?",
            GAUGE,
            "python",
            "electronics",
            "weather");
    String best = tomas.answers(id, STEPS);
    String second =
        piotr.answers(
            id,
            "A systemd timer with `OnCalendar=*:0/10` does it without any loop, and starts again after a power cut.");
    hana.answers(
        id, "Ask the gauge whether it keeps a history: ours has the last 48 hours at `/log.csv`.");
    people.stream().filter(it -> !it.equals(tomas)).forEach(it -> it.votesOnAnswer(best, 1));
    people.stream()
        .filter(it -> !it.equals(piotr))
        .limit(5)
        .forEach(it -> it.votesOnAnswer(second, 1));
    people.stream().filter(it -> !it.equals(amina)).forEach(it -> it.votesOnQuestion(id, 1));
    amina.accepts(best);
    people.forEach(it -> it.reads("/api/v1/questions/" + id));
    return id;
  }

  private String writes() {
    String bread =
        greta.posts(
            "Forty loaves out of the oven before six. If you pass by the mill: the door is open. #baking");
    String sky =
        ivan.posts(
            "Ночью было ясно, и Сатурн был виден даже с моста. Кольца – в самый простой телескоп! #stars");
    String walk =
        samir.posts(
            "Walked all eleven kilometres to the weir and back. The path is dry again, the nettles are not. #walking");
    String tune =
        nell.posts("New tune for Saturday: “The Ferryman’s Lamp”, in D. @jonas, bring the cello?");
    String boat =
        jonas.posts(
            "The boat is in the water. Three months of sanding, and she leaks only where I expected it. #boats");
    String dusk =
        yuki.posts(
            "The river tonight, five minutes after the rain.",
            evening(),
            "Dark hills and a river under an orange evening sky");
    liked(bread, 9);
    liked(sky, 6);
    liked(walk, 4);
    liked(tune, 5);
    liked(dusk, 11);
    liked(boat, 8);
    eleni.comments(boat, "Congratulations! What is her name?");
    jonas.comments(boat, "“Second Coat”.");
    mira.likes(dusk);
    nell.comments(dusk, "I saw it from the bridge and had no camera. Thank you.");
    hana.shares(walk);
    return hana.posts(
        "High water at 18:40 today, 2.1 m. The lower meadow path stays closed until tomorrow. #weather");
  }

  private void liked(String post, int times) {
    people.stream().limit(times).forEach(it -> it.likes(post));
  }

  /** A valley in the last light. */
  static byte[] evening() {
    return landscape(
        new Color(0x3B3A6B), new Color(0xF4A261), new Color(0xFFE3A3), new Color(0x27304F));
  }

  /** The same valley in the morning. */
  static byte[] morning() {
    return landscape(
        new Color(0x7FB7D9), new Color(0xF6EBD3), new Color(0xFFF6D8), new Color(0x4F7F62));
  }

  private static byte[] landscape(Color top, Color low, Color sun, Color land) {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D on = image.createGraphics();
    on.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    on.setPaint(new GradientPaint(0, 0, top, 0, HEIGHT * 0.62f, low));
    on.fillRect(0, 0, WIDTH, HEIGHT);
    on.setColor(sun);
    on.fillOval(WIDTH * 5 / 8, HEIGHT * 5 / 16, 120, 120);
    for (int ridge = 0; ridge < 4; ridge++) {
      on.setColor(mixed(low, land, 0.45 + 0.18 * ridge));
      Path2D hill = new Path2D.Double();
      hill.moveTo(0, HEIGHT);
      for (int x = 0; x <= WIDTH; x += 8) {
        double wave =
            Math.sin(x / (260.0 - 40 * ridge) + ridge * 2.1) + 0.4 * Math.sin(x / 97.0 + ridge);
        hill.lineTo(x, HEIGHT * (0.55 + 0.11 * ridge) - wave * 42);
      }
      hill.lineTo(WIDTH, HEIGHT);
      on.fill(hill);
    }
    on.dispose();
    return SamplePictures.encoded(image, "jpg");
  }

  private static Color mixed(Color one, Color other, double part) {
    return new Color(
        (int) (one.getRed() + (other.getRed() - one.getRed()) * part),
        (int) (one.getGreen() + (other.getGreen() - one.getGreen()) * part),
        (int) (one.getBlue() + (other.getBlue() - one.getBlue()) * part));
  }
}
