package io.freshet.web.limits;

import io.freshet.platform.ForwardedHeader;
import io.freshet.platform.Network;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where requests come from. Who is connected to us is believed; what is said of others is believed
 * of trusted proxies only. Each proxy appends whom it was asked by, so of their chain the
 * right-most that is no trusted proxy counts: what stands left of it anybody may have written.
 * Thread-safe.
 */
public final class Addresses {
  /** Proxies in a row; more are nobody's. */
  private static final int MAX_HOPS = 16;

  private final List<Network> trusted;
  private final ForwardedHeader style;
  private final HeaderName header;

  public Addresses(List<Network> trusted, ForwardedHeader style) {
    this.trusted = List.copyOf(trusted);
    this.style = style;
    this.header = HeaderNames.create(style.text());
  }

  /** The client's address, as far as it is known. */
  public InetAddress of(ServerRequest request) {
    InetAddress peer = address(request.remotePeer().address());
    if (!isTrusted(peer) || !request.headers().contains(header)) {
      return peer;
    }
    return behind(peer, request.headers().get(header).allValues());
  }

  static InetAddress address(SocketAddress socket) {
    return socket instanceof InetSocketAddress inet && inet.getAddress() != null
        ? inet.getAddress()
        : InetAddress.getLoopbackAddress();
  }

  InetAddress behind(InetAddress peer, List<String> values) {
    List<String> hops = values.stream().flatMap(value -> Stream.of(value.split(","))).toList();
    InetAddress known = peer;
    for (int i = hops.size() - 1; i >= Math.max(0, hops.size() - MAX_HOPS); i--) {
      Optional<InetAddress> hop = hop(hops.get(i));
      if (hop.isEmpty()) {
        return known;
      }
      known = hop.get();
      if (!isTrusted(known)) {
        return known;
      }
    }
    return known;
  }

  boolean isTrusted(InetAddress address) {
    for (Network network : trusted) {
      if (network.contains(address)) {
        return true;
      }
    }
    return false;
  }

  private Optional<InetAddress> hop(String text) {
    return style == ForwardedHeader.FORWARDED
        ? Stream.of(text.split(";"))
            .map(String::strip)
            .filter(pair -> pair.regionMatches(true, 0, "for=", 0, 4))
            .findFirst()
            .flatMap(pair -> Network.address(withoutPort(pair.substring(4).replace("\"", ""))))
        : Network.address(withoutPort(text));
  }

  /** {@code 192.0.2.1:80} and {@code [2001:db8::1]:80} without port and brackets. */
  private static String withoutPort(String text) {
    String plain = text.strip();
    if (plain.startsWith("[")) {
      int end = plain.indexOf(']');
      return end < 0 ? plain : plain.substring(1, end);
    }
    int colon = plain.indexOf(':');
    boolean hasPort = colon >= 0 && colon == plain.lastIndexOf(':');
    return hasPort ? plain.substring(0, colon) : plain;
  }
}
