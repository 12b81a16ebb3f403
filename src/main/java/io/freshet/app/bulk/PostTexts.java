package io.freshet.app.bulk;

import io.freshet.platform.OperatorException;
import io.freshet.post.Posts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PushbackReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.datafaker.Faker;

/**
 * Texts for posts: the column {@code text} of a CSV file (RFC 4180: quoted fields may hold commas
 * and line ends), or made-up ones.
 */
public final class PostTexts {
  private static final int MADE_UP = 2_000;

  private PostTexts() {}

  /** Texts that could be posted as they are: longer ones are cut, blank ones left out. */
  public static List<String> read(Path file) {
    List<String> texts = InputFile.read(file, reader -> column(file, reader));
    if (texts.isEmpty()) {
      throw new OperatorException(file + " holds no texts; nothing was imported.");
    }
    return texts;
  }

  /** The same seed makes up the same texts. */
  public static List<String> madeUp(long seed) {
    Faker faker = new Faker(new Random(seed));
    List<String> texts = new ArrayList<>(MADE_UP);
    for (int i = 0; i < MADE_UP; i++) {
      texts.add(
          switch (i % 4) {
            case 0 -> faker.company().catchPhrase() + ". Who else?";
            case 1 -> faker.yoda().quote();
            case 2 -> "Cooking " + faker.food().dish() + " tonight. Who comes?";
            default ->
                "Back from "
                    + faker.address().city()
                    + ". "
                    + faker.weather().description()
                    + " all week.";
          });
    }
    return texts.stream().map(PostTexts::fit).filter(text -> !text.isEmpty()).toList();
  }

  private static List<String> column(Path file, BufferedReader reader) throws IOException {
    CsvRows rows = new CsvRows(file, new PushbackReader(reader));
    int column = rows.next().indexOf("text");
    if (column < 0) {
      throw InputFile.bad(file, 1, "there is no column \"text\"");
    }
    List<String> texts = new ArrayList<>();
    for (List<String> row = rows.next(); !row.isEmpty(); row = rows.next()) {
      if (row.size() <= column) {
        throw InputFile.bad(
            file,
            rows.line(),
            "the row has " + row.size() + " columns, the text is column " + (column + 1));
      }
      String text = fit(row.get(column));
      if (!text.isEmpty()) {
        texts.add(text);
      }
    }
    return texts;
  }

  private static String fit(String text) {
    String stripped = text.replace("\0", "").strip();
    int length = stripped.codePointCount(0, stripped.length());
    return length <= Posts.MAX_LENGTH
        ? stripped
        : stripped.substring(0, stripped.offsetByCodePoints(0, Posts.MAX_LENGTH)).strip();
  }
}
