package io.freshet.media.s3;

import io.freshet.media.Blobs;
import io.freshet.media.FileName;
import io.freshet.platform.MediaSettings;
import io.freshet.platform.UnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Files as objects of a bucket, under their own names. Reads are streamed: what a reader is sent
 * passes through in pieces. Thread-safe.
 */
public final class S3Blobs implements Blobs {
  private static final int OK = 200;
  private static final int NO_CONTENT = 204;
  private static final int PARTIAL = 206;
  private static final int NOT_FOUND = 404;
  private static final int CHUNK = 64 * 1024;
  private static final String NO_BODY = S3Signature.hash(new byte[0]);
  private static final SortedMap<String, String> NO_QUERY = Collections.emptySortedMap();

  private final S3Client client;

  public S3Blobs(MediaSettings.S3 store, InstantSource clock) {
    this.client = new S3Client(store, clock);
  }

  @Override
  public void put(FileName name, Path file) {
    Map<String, String> headers =
        Map.of(
            "content-type",
            name.type().contentType(),
            "cache-control",
            "public, max-age=31536000, immutable");
    try {
      BodyPublisher body = BodyPublishers.ofFile(file);
      try (InputStream answer =
          expect(
              client.send(
                  new S3Client.Call("PUT", name.text(), NO_QUERY, headers, body, hash(file))),
              OK)) {
        answer.readAllBytes();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Optional<Long> size(FileName name) {
    HttpResponse<InputStream> answer = client.send(call("HEAD", name.text(), Map.of()));
    close(answer);
    if (answer.statusCode() == NOT_FOUND) {
      return Optional.empty();
    }
    expect(answer, OK);
    return Optional.of(answer.headers().firstValueAsLong("content-length").orElseThrow());
  }

  @Override
  public Optional<InputStream> read(FileName name, long from, long count) {
    Map<String, String> range = Map.of("range", "bytes=" + from + "-" + (from + count - 1));
    HttpResponse<InputStream> answer = client.send(call("GET", name.text(), range));
    if (answer.statusCode() == NOT_FOUND) {
      close(answer);
      return Optional.empty();
    }
    return Optional.of(expect(answer, PARTIAL));
  }

  @Override
  public void delete(Collection<FileName> names) {
    for (FileName name : names) {
      HttpResponse<InputStream> answer = client.send(call("DELETE", name.text(), Map.of()));
      close(answer);
      if (answer.statusCode() != NOT_FOUND) {
        expect(answer, NO_CONTENT);
      }
    }
  }

  @Override
  public List<String> names(String after, int limit) {
    SortedMap<String, String> query = new TreeMap<>();
    query.put("list-type", "2");
    query.put("max-keys", Integer.toString(limit));
    if (!after.isEmpty()) {
      query.put("start-after", after);
    }
    S3Client.Call call =
        new S3Client.Call("GET", "", query, Map.of(), BodyPublishers.noBody(), NO_BODY);
    try (InputStream list = expect(client.send(call), OK)) {
      return keys(list);
    } catch (IOException | XMLStreamException e) {
      throw new UnavailableException("cannot list the bucket: " + e.getMessage(), e);
    }
  }

  private static List<String> keys(InputStream list) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    XMLStreamReader reader = factory.createXMLStreamReader(list);
    List<String> keys = new ArrayList<>();
    while (reader.hasNext()) {
      if (reader.next() == XMLStreamReader.START_ELEMENT && reader.getLocalName().equals("Key")) {
        keys.add(reader.getElementText());
      }
    }
    return keys;
  }

  private static S3Client.Call call(String method, String key, Map<String, String> headers) {
    return new S3Client.Call(method, key, NO_QUERY, headers, BodyPublishers.noBody(), NO_BODY);
  }

  private static InputStream expect(HttpResponse<InputStream> answer, int status) {
    if (answer.statusCode() == status) {
      return answer.body();
    }
    String said;
    try (InputStream body = answer.body()) {
      said = new String(body.readNBytes(500), StandardCharsets.UTF_8);
    } catch (IOException e) {
      said = e.toString();
    }
    throw new UnavailableException(
        "the object store answered " + answer.statusCode() + " instead of " + status + ": " + said);
  }

  private static void close(HttpResponse<InputStream> answer) {
    try {
      answer.body().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String hash(Path file) throws IOException {
    MessageDigest hash = S3Signature.sha256();
    byte[] chunk = new byte[CHUNK];
    try (InputStream bytes = Files.newInputStream(file)) {
      int read = bytes.read(chunk);
      while (read >= 0) {
        hash.update(chunk, 0, read);
        read = bytes.read(chunk);
      }
    }
    return HexFormat.of().formatHex(hash.digest());
  }
}
