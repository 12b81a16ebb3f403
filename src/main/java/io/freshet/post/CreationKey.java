package io.freshet.post;

/**
 * The client's key of a creation, and a fingerprint of what is asked for: the key is good for that
 * only.
 */
public record CreationKey(String text, byte[] requestHash) {

  public static CreationKey of(String text, String request) {
    return new CreationKey(text, RequestHash.of(request));
  }
}
