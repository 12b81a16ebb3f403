package io.freshet.media.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The examples in "Signature Calculations for the Authorization Header" of AWS's S3 manual. */
class S3SignatureTest {
  private static final String HOST = "examplebucket.s3.amazonaws.com";
  private static final String NO_BODY = S3Signature.hash(new byte[0]);

  private final S3Signature signature =
      new S3Signature(
          "us-east-1", "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");

  @Test
  void signsAReadOfAPart() {
    assertThat(signed("GET", "/test.txt", Map.of(), Map.of("range", "bytes=0-9"), NO_BODY))
        .isEqualTo(
            "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
                + "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,"
                + "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
  }

  @Test
  void signsAWrite() {
    String body = S3Signature.hash("Welcome to Amazon S3.".getBytes(StandardCharsets.UTF_8));
    assertThat(
            signed(
                "PUT",
                "/test%24file.text",
                Map.of(),
                Map.of(
                    "date", "Fri, 24 May 2013 00:00:00 GMT",
                    "x-amz-storage-class", "REDUCED_REDUNDANCY"),
                body))
        .endsWith("Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");
  }

  @Test
  void signsAList() {
    assertThat(signed("GET", "/", Map.of("max-keys", "2", "prefix", "J"), Map.of(), NO_BODY))
        .endsWith("Signature=34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
  }

  private String signed(
      String method,
      String path,
      Map<String, String> query,
      Map<String, String> headers,
      String bodyHash) {
    TreeMap<String, String> all = new TreeMap<>(headers);
    all.put("host", HOST);
    all.put("x-amz-content-sha256", bodyHash);
    all.put("x-amz-date", S3Signature.stamp(Instant.parse("2013-05-24T00:00:00Z")));
    return signature.authorization(method, path, new TreeMap<>(query), all, bodyHash);
  }
}
