package io.freshet.web;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a form with files ({@code multipart/form-data}, RFC 7578) strictly, part by part into where
 * each shall go: only fields that are expected, each once and no longer than it may be, nothing
 * before the first part and nothing after the last. The file's name and type as the sender gives
 * them are not even looked at. Memory: {@link #BUFFER}, whatever comes. For one request.
 */
public final class Multipart {
  private static final int BUFFER = 64 * 1024;
  private static final int MAX_HEADERS = 8;
  private static final int MAX_HEADER_BYTES = 2_048;
  private static final Pattern TYPE =
      Pattern.compile(
          "multipart/form-data;\\s*boundary=(?:\"([\\w'()+,./:=? -]{0,69}[\\w'()+,./:=?-])\"|([\\w'+.-]{1,70}))",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern DISPOSITION =
      Pattern.compile(
          "content-disposition:\\s*form-data;\\s*name=\"(\\w{1,40})\"(?:;.*)?",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  /**
   * Where a field goes.
   *
   * @param what it is, in a refusal
   */
  public record Field(String what, long mostBytes, OutputStream to) {}

  private final InputStream input;
  private final byte[] delimiter;
  private final byte[] buffer = new byte[BUFFER];
  private int at;
  private int end;

  private Multipart(InputStream input, String boundary) {
    this.input = input;
    this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
    // The first delimiter has no line before it: as if there were an empty one.
    buffer[end++] = '\r';
    buffer[end++] = '\n';
  }

  /** The boundary that the request's type names. */
  public static String boundary(ServerRequest request) {
    String type = request.headers().first(HeaderNames.CONTENT_TYPE).orElse("");
    Matcher form = TYPE.matcher(type.strip());
    if (!form.matches()) {
      throw Problem.of(
              ProblemKind.UNSUPPORTED_MEDIA_TYPE,
              "Send the file as a form, with Content-Type: multipart/form-data and a boundary")
          .thrown();
    }
    return form.group(1) == null ? form.group(2) : form.group(1);
  }

  /** Reads all of it; the names of the fields that were there. */
  public static Set<String> read(InputStream input, String boundary, Map<String, Field> fields)
      throws IOException {
    return new Multipart(input, boundary).read(fields);
  }

  private Set<String> read(Map<String, Field> fields) throws IOException {
    Set<String> seen = new HashSet<>();
    copy(new Field("What is before the first part", 0, OutputStream.nullOutputStream()));
    while (hasNext()) {
      String name = name();
      Field field = fields.get(name);
      if (field == null) {
        throw Problem.invalid(name, "is not a known field").thrown();
      }
      if (!seen.add(name)) {
        throw Problem.invalid(name, "must be given once").thrown();
      }
      copy(field);
    }
    return seen;
  }

  /** After a delimiter: a line's end if a part follows, two dashes and the end if none does. */
  private boolean hasNext() throws IOException {
    int first = next();
    int second = next();
    if (first == '\r' && second == '\n') {
      return true;
    }
    boolean last = first == '-' && second == '-' && (!fill(1) || isLineEnd()) && !fill(1);
    if (!last) {
      throw malformed("a boundary is followed by something else");
    }
    return false;
  }

  private boolean isLineEnd() throws IOException {
    return next() == '\r' && next() == '\n';
  }

  /** Reads the headers of a part, up to the empty line. */
  private String name() throws IOException {
    String name = "";
    for (int headers = 0; headers <= MAX_HEADERS; headers++) {
      String line = line();
      if (line.isEmpty()) {
        if (name.isEmpty()) {
          throw malformed("a part does not say its name");
        }
        return name;
      }
      String lower = line.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-transfer-encoding:") && !lower.endsWith("binary")) {
        throw malformed("a part is not sent as it is");
      }
      Matcher disposition = DISPOSITION.matcher(line);
      if (disposition.matches()) {
        name = disposition.group(1);
      }
    }
    throw malformed("a part has too many headers");
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    while (true) {
      int next = next();
      if (next == '\r') {
        if (next() != '\n') {
          throw malformed("a line ends in half");
        }
        return line.toString();
      }
      if (next == '\n' || next == 0 || line.length() == MAX_HEADER_BYTES) {
        throw malformed("a header is too long or broken");
      }
      line.append((char) next);
    }
  }

  /** Copies what is before the next delimiter, and goes behind that. */
  private void copy(Field field) throws IOException {
    long left = field.mostBytes();
    while (true) {
      if (!fill(delimiter.length)) {
        throw malformed("it ends before its last boundary");
      }
      int found = find();
      // What may be the beginning of a delimiter stays.
      int length = found < 0 ? end - at - delimiter.length + 1 : found - at;
      left -= length;
      if (left < 0) {
        throw tooLarge(field.what(), field.mostBytes());
      }
      field.to().write(buffer, at, length);
      at += length;
      if (found >= 0) {
        at += delimiter.length;
        return;
      }
    }
  }

  private int find() {
    int last = end - delimiter.length;
    for (int i = at; i <= last; i++) {
      if (buffer[i] == '\r' && matches(i)) {
        return i;
      }
    }
    return -1;
  }

  private boolean matches(int from) {
    for (int i = 1; i < delimiter.length; i++) {
      if (buffer[from + i] != delimiter[i]) {
        return false;
      }
    }
    return true;
  }

  private int next() throws IOException {
    if (!fill(1)) {
      throw malformed("it ends before its last boundary");
    }
    return Byte.toUnsignedInt(buffer[at++]);
  }

  /** Whether so many bytes are there, after reading on if need be. */
  private boolean fill(int wanted) throws IOException {
    if (end - at >= wanted) {
      return true;
    }
    System.arraycopy(buffer, at, buffer, 0, end - at);
    end -= at;
    at = 0;
    while (end < wanted) {
      int read = input.read(buffer, end, buffer.length - end);
      if (read < 0) {
        return false;
      }
      end += read;
    }
    return true;
  }

  static WebException tooLarge(String what, long most) {
    return Problem.of(
            ProblemKind.BODY_TOO_LARGE,
            "%s has at most %s"
                .formatted(what, most < 1 << 20 ? most + " bytes" : (most >> 20) + " MB"))
        .thrown();
  }

  private static WebException malformed(String why) {
    return Problem.invalid("body", "is no well-formed form with files: " + why).thrown();
  }
}
