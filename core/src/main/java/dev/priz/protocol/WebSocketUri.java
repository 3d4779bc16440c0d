package dev.priz.protocol;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * The address of a WebSocket (RFC 6455 §3).
 *
 * @param secure whether it is {@code wss://}
 * @param host name or address, an IPv6 address without brackets
 * @param port the port; 80 or 443 if the address names none
 * @param target path and query, at least a slash
 */
public record WebSocketUri(boolean secure, String host, int port, String target) {

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if the host is no name in ASCII and no address, the port is
   *     not between 1 and 65535, or the target does not begin with a slash or has a fragment, a
   *     blank, or another character that must be percent-encoded
   */
  public WebSocketUri {
    if (Authority.parse(bracketed(host)) == null) {
      throw new IllegalArgumentException("\"" + Token.printable(host) + "\" is no host");
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port is " + port + ", allowed are 1 to 65535");
    }
    boolean clean = target.chars().allMatch(c -> c > ' ' && c < 0x7F && c != '#');
    if (!target.startsWith("/") || !clean) {
      throw new IllegalArgumentException(
          "\"" + Token.printable(target) + "\" is no path and query, percent-encoded");
    }
  }

  /**
   * Reads an address such as {@code wss://example.com:8443/chat?room=1}. What is not ASCII in its
   * path and query is percent-encoded; a host must be in ASCII.
   *
   * @throws IllegalArgumentException if it is no {@code ws} or {@code wss} address with a host, or
   *     has a user name or a fragment
   */
  public static WebSocketUri parse(String address) {
    URI uri = parseUri(address);
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    boolean secure = scheme.equals("wss");
    if (!secure && !scheme.equals("ws")) throw unfit(address, "needs ws:// or wss://");
    // RFC 6455 §3: "Fragment identifiers are meaningless in the context of WebSocket URIs and MUST
    // NOT be used"
    if (uri.getRawFragment() != null) throw unfit(address, "has a fragment");
    Authority authority = authorityOf(uri, address);
    int port = authority.portOr(secure ? 443 : 80);
    if (port == 0) throw unfit(address, "has port 0");
    String host = authority.host();
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    return new WebSocketUri(secure, bare, port, targetOf(uri));
  }

  /**
   * Where a response from this address sends its client: reads a {@code Location}, absolute or
   * relative to this address. {@code http} stands for {@code ws} there, and {@code https} for
   * {@code wss}, because servers redirect without a thought of WebSockets. A fragment is left out.
   *
   * @throws IllegalArgumentException if it has another scheme, no host, or a user name, or is
   *     malformed
   */
  public WebSocketUri redirectedTo(String location) {
    // RFC 9110 §10.2.2: a URI reference, resolved "relative to the target URI", perhaps with a
    // fragment.
    String bare = location.strip().replaceFirst("#.*", "");
    // Where java.net.URI follows the older RFC 2396: a query alone keeps the whole path.
    if (bare.startsWith("?")) bare = target.replaceFirst("\\?.*", "") + bare;
    return parse(asWebSocket(parseUri(toString()).resolve(parseUri(bare)).toString()));
  }

  private static String asWebSocket(String address) {
    return address.replaceFirst("(?i)^http(s?):", "ws$1:");
  }

  /** The value of the {@code Host} header: the port is left out where it is the scheme's own. */
  public String hostHeader() {
    return port == (secure ? 443 : 80) ? bracketed(host) : bracketed(host) + ":" + port;
  }

  /** Host and port, which is never left out: what a proxy is asked for. */
  public String authority() {
    return bracketed(host) + ":" + port;
  }

  /** The address without its query, which may hold what is not to be told in logs. */
  public String withoutQuery() {
    return toString().replaceFirst("\\?.*", "");
  }

  @Override
  public String toString() {
    return (secure ? "wss://" : "ws://") + hostHeader() + target;
  }

  private static String bracketed(String host) {
    return host.contains(":") ? "[" + host + "]" : host;
  }

  private static URI parseUri(String address) {
    try {
      return new URI(address);
    } catch (URISyntaxException malformed) {
      throw unfit(address, "is malformed at index " + malformed.getIndex());
    }
  }

  private static Authority authorityOf(URI uri, String address) {
    String text = uri.getRawAuthority();
    if (text == null) throw unfit(address, "has no host");
    if (text.contains("@")) throw unfit(address, "has a user name; credentials go into a header");
    if (text.chars().anyMatch(c -> c > 0x7F)) {
      // The JDK's IDN is of 2003 and would take some names for others than browsers do.
      throw unfit(address, "has a host not in ASCII; write it like xn--bcher-kva.example");
    }
    if (text.contains("%")) throw unfit(address, "has an IPv6 zone or a percent-encoded host");
    Authority authority = Authority.parse(text);
    if (authority == null) throw unfit(address, "has a malformed host or port");
    return authority;
  }

  private static String targetOf(URI uri) {
    URI ascii = URI.create(uri.toASCIIString());
    String path = ascii.getRawPath().isEmpty() ? "/" : ascii.getRawPath();
    return ascii.getRawQuery() == null ? path : path + "?" + ascii.getRawQuery();
  }

  // What stands before an @ or after a question mark may be a secret.
  private static IllegalArgumentException unfit(String address, String why) {
    String shown = address.replaceFirst("(?s)//.*@", "//...@").replaceFirst("(?s)\\?.*", "?...");
    return new IllegalArgumentException("address \"" + Token.printable(shown) + "\" " + why);
  }
}
