package io.freshet.app.exchange;

import io.freshet.app.Progress;
import io.freshet.app.bulk.InputFile;
import io.freshet.platform.OperatorException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.function.Consumer;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * One file of a dump: an element with many {@code row}s, whose attributes are the fields. It is
 * read as a stream, so it may be of any size. A DOCTYPE is refused, and with it all entities.
 */
final class DumpFile {
  private static final int KIBIBYTE = 1_024;

  /**
   * They count the file itself too, which may be of any size; entities there are none of our own.
   */
  private static final List<String> ENTITY_LIMITS =
      List.of("jdk.xml.maxGeneralEntitySizeLimit", "jdk.xml.totalEntitySizeLimit");

  private static final String NONE = "0";

  /** Before it the parser says where, which we say our own way. */
  private static final String SAYING = "Message: ";

  private final Path file;
  private final String step;
  private final Instant now;
  private final Progress progress;

  DumpFile(Path file, String step, Instant now, Progress progress) {
    this.file = file;
    this.step = step + ", KiB";
    this.now = now;
    this.progress = progress;
  }

  void read(Consumer<DumpRow> each) {
    try {
      long size = Math.max(1, Files.size(file) / KIBIBYTE);
      int _ =
          InputFile.read(
              file,
              bytes -> progress.at(step, Math.min(size, bytes / KIBIBYTE), size),
              reader -> rows(reader, each));
      progress.at(step, size, size);
    } catch (IOException e) {
      throw new OperatorException("Cannot read " + file + ": " + e.getMessage() + ".", e);
    }
  }

  private int rows(BufferedReader reader, Consumer<DumpRow> each) throws IOException {
    try {
      XMLStreamReader xml = factory().createXMLStreamReader(reader);
      int rows = 0;
      while (xml.hasNext()) {
        int event = next(xml);
        if (event == XMLStreamConstants.DTD) {
          throw bad(xml.getLocation().getLineNumber(), "a dump has no DOCTYPE");
        }
        if (event == XMLStreamConstants.START_ELEMENT && "row".equals(xml.getLocalName())) {
          each.accept(row(xml));
          rows++;
        }
      }
      return rows;
    } catch (XMLStreamException e) {
      if (e.getNestedException() instanceof IOException damaged) {
        throw damaged;
      }
      throw bad(e.getLocation().getLineNumber(), reason(e));
    }
  }

  /** Java's reader lacks the words for some of what it refuses, and says that instead. */
  private static int next(XMLStreamReader xml) throws XMLStreamException {
    try {
      return xml.next();
    } catch (MissingResourceException e) {
      throw new XMLStreamException("no XML has such a character", xml.getLocation(), e);
    }
  }

  private DumpRow row(XMLStreamReader xml) {
    Map<String, String> fields = HashMap.newHashMap(xml.getAttributeCount());
    for (int i = 0; i < xml.getAttributeCount(); i++) {
      fields.put(xml.getAttributeLocalName(i), xml.getAttributeValue(i));
    }
    return new DumpRow(file, xml.getLocation().getLineNumber(), fields, now);
  }

  private OperatorException bad(int line, String what) {
    return DumpRow.bad(file, line, what);
  }

  private static String reason(XMLStreamException e) {
    String said = String.valueOf(e.getMessage());
    int begins = said.lastIndexOf(SAYING);
    String reason = begins < 0 ? said : said.substring(begins + SAYING.length());
    return "it is no XML: " + reason.replaceFirst("\\.$", "");
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    ENTITY_LIMITS.forEach(limit -> factory.setProperty(limit, NONE));
    return factory;
  }
}
