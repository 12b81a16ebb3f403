package io.freshet.media.s3;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs a request to an object store (AWS Signature Version 4): what is signed is the method, the
 * path, the query, the headers given, and the body's hash.
 *
 * @param region for which the signature is good
 */
record S3Signature(String region, String accessKey, String secretKey) {
  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final int DAY_CHARACTERS = 8;

  /** As {@code x-amz-date} has it. */
  static String stamp(Instant at) {
    return STAMP.format(at);
  }

  /**
   * The Authorization header.
   *
   * @param path encoded
   * @param query by name, encoded
   * @param headers by lower-case name, host and x-amz-date among them
   */
  String authorization(
      String method,
      String path,
      SortedMap<String, String> query,
      SortedMap<String, String> headers,
      String bodyHash) {
    String stamp = headers.getOrDefault("x-amz-date", "");
    String day = stamp.substring(0, DAY_CHARACTERS);
    String names = String.join(";", headers.keySet());
    String canonical =
        String.join(
            "\n",
            method,
            path,
            join(query, "=", "&"),
            join(headers, ":", "\n") + "\n",
            names,
            bodyHash);
    String scope = day + "/" + region + "/s3/aws4_request";
    String toSign =
        String.join(
            "\n", ALGORITHM, stamp, scope, hash(canonical.getBytes(StandardCharsets.UTF_8)));
    String signature = HexFormat.of().formatHex(hmac(key(day), toSign));
    return "%s Credential=%s/%s,SignedHeaders=%s,Signature=%s"
        .formatted(ALGORITHM, accessKey, scope, names, signature);
  }

  private byte[] key(String day) {
    byte[] key = hmac(("AWS4" + secretKey).getBytes(StandardCharsets.UTF_8), day);
    for (String part : new String[] {region, "s3", "aws4_request"}) {
      key = hmac(key, part);
    }
    return key;
  }

  private static String join(SortedMap<String, String> parts, String between, String after) {
    return parts.entrySet().stream()
        .map(part -> part.getKey() + between + part.getValue())
        .collect(Collectors.joining(after));
  }

  static String hash(byte[] bytes) {
    return HexFormat.of().formatHex(sha256().digest(bytes));
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }
}
