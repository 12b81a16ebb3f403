package io.freshet.platform;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A part of the internet: addresses that begin with the same bits, as in {@code 10.0.0.0/8}.
 * Immutable.
 */
public final class Network {
  private final byte[] prefix;
  private final int bits;

  private Network(byte[] prefix, int bits) {
    this.prefix = prefix;
    this.bits = bits;
  }

  /** Networks and single addresses, separated by commas. */
  public static List<Network> list(String key, String text) {
    return Stream.of(text.split(","))
        .map(String::strip)
        .filter(each -> !each.isEmpty())
        .map(each ->
            parse(each)
                .orElseThrow(() ->
                    new OperatorException(
                        key
                            + " must name networks like 10.0.0.0/8 or addresses, separated by"
                            + " commas, not \""
                            + each
                            + "\".")))
        .toList();
  }

  static Optional<Network> parse(String text) {
    int slash = text.indexOf('/');
    Optional<byte[]> address =
        address(slash < 0 ? text : text.substring(0, slash)).map(InetAddress::getAddress);
    if (address.isEmpty()) {
      return Optional.empty();
    }
    int all = address.get().length * Byte.SIZE;
    try {
      int bits = slash < 0 ? all : Integer.parseInt(text.substring(slash + 1));
      return bits < 0 || bits > all
          ? Optional.empty()
          : Optional.of(new Network(address.get(), bits));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** An address written in digits; no name is ever looked up. */
  public static Optional<InetAddress> address(String text) {
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  public boolean contains(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (bytes.length != prefix.length) {
      return false;
    }
    int whole = bits / Byte.SIZE;
    int rest = bits % Byte.SIZE;
    if (!Arrays.equals(bytes, 0, whole, prefix, 0, whole)) {
      return false;
    }
    return rest == 0 || ((bytes[whole] ^ prefix[whole]) & (0xFF << (Byte.SIZE - rest))) == 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Network network
        && bits == network.bits
        && Arrays.equals(prefix, network.prefix);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(prefix) + bits;
  }
}
