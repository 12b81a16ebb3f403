package io.freshet.app.exchange;

import io.freshet.app.Progress;
import io.freshet.platform.OperatorException;
import io.freshet.question.SafeHtml;
import io.freshet.testkit.FuzzTarget;
import io.freshet.testkit.Seeds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Posts of a dump: taken, with ids of their own and harmless bodies, or refused with the line. */
final class DumpTarget implements FuzzTarget {
  private final Path directory;

  DumpTarget() throws IOException {
    directory = Files.createTempDirectory("freshet-dump");
    directory.toFile().deleteOnExit();
  }

  @Override
  public void take(byte[] input) {
    Path file = directory.resolve("Posts.xml");
    file.toFile().deleteOnExit();
    Losses losses = new Losses();
    DumpTexts texts = new DumpTexts(losses);
    DumpIndex index = new DumpIndex(new Handles("se"), losses);
    Dump dump = new Dump(directory, Sites.NOW, Progress.SILENT);
    try {
      Files.write(file, input);
      index.read(dump);
      dump.read(Dump.Part.POSTS, "posts", row -> check(row, index, texts));
    } catch (OperatorException refused) {
      return;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void check(DumpRow row, DumpIndex index, DumpTexts texts) {
    index
        .find(row.number("Id"))
        .ifPresent(item -> {
          if (item.id() <= 0) {
            throw new IllegalStateException("an id that is none: " + item.id());
          }
        });
    String body = texts.body(row.text("Body").orElse(""));
    if (!body.equals(SafeHtml.clean(body).strip())) {
      throw new IllegalStateException("a body that is not clean: " + body);
    }
    String _ = texts.title(row.text("Title").orElse(""));
    List<String> _ = texts.tags(row.text("Tags").orElse(""));
    row.optionalTime("LastEditDate");
  }

  @Override
  public List<byte[]> seeds() {
    return Seeds.of(
        """
        <?xml version="1.0" encoding="utf-8"?>
        <posts>
          <row Id="1" PostTypeId="1" AcceptedAnswerId="2" CreationDate="2018-03-12T18:58:05.567" Score="4"
               ViewCount="7" Body="&lt;p&gt;A &lt;b&gt;body&lt;/b&gt;&lt;/p&gt;" OwnerUserId="3"
               LastEditDate="2018-03-13T00:00:00.000" Title="A title?" Tags="&lt;a&gt;&lt;c++&gt;" />
          <row Id="2" PostTypeId="2" ParentId="1" CreationDate="2018-03-12T19:00:00" OwnerDisplayName="Ann" Body="b" />
        </posts>
        """,
        "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
        "<posts><row Id='1' PostTypeId='1' CreationDate='+999999999-12-31T23:59:59'/></posts>",
        "<posts><row");
  }
}
