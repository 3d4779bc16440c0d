package dev.priz.netty;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** In which order the addresses of a host are tried (RFC 8305 §4). */
final class AddressOrder {
  /** More of them are left out: each may cost a socket until the deadline. */
  static final int MAX_ADDRESSES = 64;

  private AddressOrder() {}

  /**
   * IPv6 and IPv4 in turn, IPv6 first, each in the order of the resolver, so that a network on
   * which one of them does not work costs one delay and not one for each address.
   */
  static List<InetAddress> of(InetAddress[] resolved) {
    Deque<InetAddress> six = new ArrayDeque<>();
    Deque<InetAddress> four = new ArrayDeque<>();
    for (InetAddress address : resolved) {
      (address instanceof Inet6Address ? six : four).add(address);
    }
    List<InetAddress> order = new ArrayList<>();
    while (order.size() < MAX_ADDRESSES && !(six.isEmpty() && four.isEmpty())) {
      if (!six.isEmpty()) order.add(six.remove());
      if (!four.isEmpty()) order.add(four.remove());
    }
    return List.copyOf(order);
  }
}
