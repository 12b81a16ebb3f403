package io.freshet.account;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * The program that signs in, so that people know their sessions apart: what it calls itself, cut to
 * {@link #MAX_NAME} characters, and the network it comes from, for an address says too much.
 */
public record Client(String name, String network) {
  /** Browsers' names have about 120 characters. */
  static final int MAX_NAME = 200;

  private static final int IPV4_KEPT = 3;
  private static final int IPV6_KEPT = 6;
  private static final int IPV4_BYTES = 4;

  public Client {
    name = clean(name);
  }

  /**
   * @param address numeric; what is none is left out
   */
  public static Client of(String name, String address) {
    return new Client(name, network(address));
  }

  private static String clean(String text) {
    String plain = text.replaceAll("\\p{Cntrl}", " ").strip();
    return plain.length() > MAX_NAME ? plain.substring(0, MAX_NAME) : plain;
  }

  /** The first 24 bits of IPv4, the first 48 of IPv6. */
  private static String network(String address) {
    if (!address.matches("[0-9a-fA-F:.%]+[0-9a-zA-Z]*")) {
      return "";
    }
    try {
      byte[] bytes = InetAddress.ofLiteral(address).getAddress();
      int kept = bytes.length == IPV4_BYTES ? IPV4_KEPT : IPV6_KEPT;
      Arrays.fill(bytes, kept, bytes.length, (byte) 0);
      return InetAddress.getByAddress(bytes).getHostAddress() + "/" + kept * Byte.SIZE;
    } catch (UnknownHostException | IllegalArgumentException e) {
      return "";
    }
  }
}
