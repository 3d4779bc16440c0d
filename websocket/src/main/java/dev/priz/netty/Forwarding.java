package dev.priz.netty;

import dev.priz.protocol.Headers;
import dev.priz.protocol.Request;
import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whose word counts about where a client connects from, and how it is given.
 *
 * @param source how
 * @param trusted whose
 */
public record Forwarding(Source source, List<IpSubnetFilterRule> trusted) {
  // "for" and "proto" of one element of a Forwarded header (RFC 7239 §4).
  private static final Pattern PAIR =
      Pattern.compile(
          "(?i)(?:^|;)\\s*(for|proto)\\s*=\\s*(?:\"([^\"]*)\"|([^;\"\\s]*))\\s*(?=;|$)");

  /** How a proxy tells. */
  public enum Source {
    /** By the header of this name, and X-Forwarded-Proto. */
    X_FORWARDED_FOR,
    /** By the header of RFC 7239. */
    FORWARDED,
    /** By the header of the PROXY protocol, before anything else. */
    PROXY_PROTOCOL
  }

  /**
   * Trusts addresses.
   *
   * @param ranges such as {@code 10.0.0.0/8} or {@code ::1}
   * @throws IllegalArgumentException if there are none, or one is malformed
   */
  public static Forwarding by(Source source, String... ranges) {
    if (ranges.length == 0)
      throw new IllegalArgumentException("trusted proxies are 0, needed is 1");
    List<IpSubnetFilterRule> rules = new ArrayList<>();
    for (String range : ranges) rules.add(rule(range));
    return new Forwarding(source, List.copyOf(rules));
  }

  /** Whether what this address tells counts. */
  boolean trusts(InetSocketAddress address) {
    for (IpSubnetFilterRule rule : trusted) {
      if (rule.matches(address)) return true;
    }
    return false;
  }

  /**
   * Who sent a request that came from a trusted proxy: the last in the chain who is no trusted
   * proxy, as far as the chain can be read.
   *
   * @param proxy that the request came from
   * @param secure whether it came over TLS
   */
  Peer peer(Request request, InetSocketAddress proxy, boolean secure) {
    return source == Source.FORWARDED
        ? byForwarded(request.headers(), proxy, secure)
        : byXForwardedFor(request.headers(), proxy, secure);
  }

  private Peer byXForwardedFor(Headers headers, InetSocketAddress proxy, boolean secure) {
    InetSocketAddress last = proxy;
    for (String element : lastFirst(headers, "X-Forwarded-For")) {
      InetSocketAddress hop = address(element.strip());
      if (hop == null) break;
      last = hop;
      if (!trusts(hop)) break;
    }
    List<String> schemes = lastFirst(headers, "X-Forwarded-Proto");
    String scheme = schemes.isEmpty() ? "" : schemes.getFirst().strip();
    return new Peer(last, secure || isSecure(scheme));
  }

  private Peer byForwarded(Headers headers, InetSocketAddress proxy, boolean secure) {
    InetSocketAddress last = proxy;
    boolean lastSecure = secure;
    for (String element : lastFirst(headers, "Forwarded")) {
      InetSocketAddress hop = null;
      Matcher pairs = PAIR.matcher(element);
      while (pairs.find()) {
        String value = pairs.group(2) != null ? pairs.group(2) : pairs.group(3);
        boolean isFor = pairs.group(1).equalsIgnoreCase("for");
        if (isFor) hop = address(value);
        if (!isFor) lastSecure = secure || isSecure(value);
      }
      if (hop == null) break;
      last = hop;
      if (!trusts(hop)) break;
    }
    return new Peer(last, lastSecure);
  }

  private static boolean isSecure(String scheme) {
    String lower = scheme.toLowerCase(Locale.ROOT);
    return lower.equals("https") || lower.equals("wss");
  }

  // Each proxy adds at the end, so that what the client itself may have made up stands first.
  private static List<String> lastFirst(Headers headers, String name) {
    String joined = String.join(",", headers.all(name));
    return joined.isEmpty() ? List.of() : List.of(joined.split(",", -1)).reversed();
  }

  // "192.0.2.1", "192.0.2.1:80", "2001:db8::1", "[2001:db8::1]", "[2001:db8::1]:80"; or null.
  private static @Nullable InetSocketAddress address(String text) {
    int port = 0;
    String host = text;
    int colon = text.lastIndexOf(':');
    boolean bracketed = text.startsWith("[");
    boolean hasPort = bracketed ? text.contains("]:") : colon >= 0 && text.indexOf(':') == colon;
    if (hasPort) {
      String digits = text.substring(colon + 1);
      if (!digits.matches("\\d{1,5}") || Integer.parseInt(digits) > 65_535) return null;
      port = Integer.parseInt(digits);
      host = text.substring(0, colon);
    }
    if (bracketed) {
      if (!host.endsWith("]")) return null;
      host = host.substring(1, host.length() - 1);
    }
    InetAddress address = literal(host);
    return address == null ? null : new InetSocketAddress(address, port);
  }

  private static @Nullable InetAddress literal(String text) {
    byte[] bytes = text.contains("%") ? null : NetUtil.createByteArrayFromIpAddressString(text);
    if (bytes == null) return null;
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException impossible) {
      throw new AssertionError("4 or 16 bytes are an address", impossible);
    }
  }

  private static IpSubnetFilterRule rule(String range) {
    int slash = range.indexOf('/');
    InetAddress address = literal(slash < 0 ? range : range.substring(0, slash));
    String digits = slash < 0 ? "" : range.substring(slash + 1);
    boolean proper = address != null && (slash < 0 || digits.matches("\\d{1,3}"));
    int bits = address == null ? 0 : 8 * address.getAddress().length;
    int prefix = slash < 0 || !proper ? bits : Integer.parseInt(digits);
    if (address == null || !proper || prefix > bits) {
      throw new IllegalArgumentException(
          "\"" + range + "\" is no address or block of them, such as 10.0.0.0/8 or ::1");
    }
    return new IpSubnetFilterRule(address, prefix, IpFilterRuleType.ACCEPT);
  }
}
