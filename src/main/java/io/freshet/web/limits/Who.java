package io.freshet.web.limits;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;

/**
 * Whose use is counted: an account, an address, or a name that somebody tries to sign in with. Of
 * an IPv6 address only the network of 64 bits counts: that is what one subscriber gets at least,
 * with more addresses in it than there are seconds.
 */
record Who(char kind, long value) {
  private static final int NETWORK_BYTES = Long.BYTES;

  static Who account(long id) {
    return new Who('a', id);
  }

  static Who address(InetAddress address) {
    ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
    return bytes.remaining() < NETWORK_BYTES
        ? new Who('4', Integer.toUnsignedLong(bytes.getInt()))
        : new Who('6', bytes.getLong());
  }

  /** By its digest: a name may be as long as a body. */
  static Who name(String name) {
    try {
      byte[] text = name.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
      return new Who(
          'n', ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(text)).getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
