package io.freshet.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A form with files as a browser sends it. */
public final class Form {
  public static final String TYPE = "multipart/form-data; boundary=----form7MA4YWxk";

  private static final String BOUNDARY = "------form7MA4YWxk";

  private final ByteArrayOutputStream body = new ByteArrayOutputStream();

  public static byte[] withFile(byte[] file) {
    return new Form().file(file).bytes();
  }

  public static byte[] withFile(byte[] file, String alt) {
    return new Form().field("alt", alt).file(file).bytes();
  }

  public Form field(String name, String value) {
    return part("form-data; name=\"" + name + "\"", value.getBytes(StandardCharsets.UTF_8));
  }

  public Form file(byte[] file) {
    return part(
        "form-data; name=\"file\"; filename=\"../../etc/passwd.svg\"\r\nContent-Type: text/html",
        file);
  }

  public byte[] bytes() {
    text(BOUNDARY + "--\r\n");
    return body.toByteArray();
  }

  private Form part(String disposition, byte[] content) {
    text(BOUNDARY + "\r\nContent-Disposition: " + disposition + "\r\n\r\n");
    body.writeBytes(content);
    text("\r\n");
    return this;
  }

  private void text(String text) {
    body.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }
}
