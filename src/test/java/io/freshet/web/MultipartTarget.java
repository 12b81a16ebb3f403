package io.freshet.web;

import io.freshet.testkit.Form;
import io.freshet.testkit.FuzzTarget;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Forms with a file: read or refused, and no field is longer than it may be. */
final class MultipartTarget implements FuzzTarget {
  private static final int MOST = 2_000;

  @Override
  public void take(byte[] input) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    InputStream stream = new ByteArrayInputStream(input);
    try {
      Multipart.read(
          stream, "----form7MA4YWxk", Map.of("file", new Multipart.Field("A file", MOST, file)));
      if (file.size() > MOST) {
        throw new IllegalStateException("a field of " + file.size());
      }
    } catch (IOException | WebException refused) {
      return;
    }
  }

  @Override
  public List<byte[]> seeds() {
    byte[] file = "a file\r\n--".getBytes(StandardCharsets.UTF_8);
    return List.of(Form.withFile(file), Form.withFile(file, "alt"), new byte[0]);
  }
}
