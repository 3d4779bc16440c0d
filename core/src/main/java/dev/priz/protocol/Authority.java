package dev.priz.protocol;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Host and port as they stand in an address, in an origin and in the {@code Host} header (RFC 3986
 * §3.2). There is no user name, and the host is a name in ASCII, an IPv4 address, or an IPv6
 * address in brackets.
 *
 * @param port −1 if there is none
 */
record Authority(String host, int port) {
  // Wider than RFC 1123: container networks give their members names with underscores, which
  // java.net.URI takes for no host.
  private static final Pattern FORM =
      Pattern.compile(
          "(\\[[0-9A-Fa-f]*+:[0-9A-Fa-f]*+:[0-9A-Fa-f:.]*+]|[0-9A-Za-z._-]++)(?::([0-9]{0,5}))?");

  /** Reads host and port; null if they are malformed. */
  static @Nullable Authority parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) return null;
    String digits = matcher.group(2);
    // RFC 3986 §3.2.3: the port may be empty after its colon.
    int port = digits == null || digits.isEmpty() ? -1 : Integer.parseInt(digits);
    return port > 65_535 ? null : new Authority(matcher.group(1), port);
  }

  /** The port, or another where there is none. */
  int portOr(int other) {
    return port >= 0 ? port : other;
  }
}
