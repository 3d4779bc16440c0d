package dev.priz.protocol;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Rules for header fields that both sides of the handshake share. */
final class HandshakeHeaders {
  /** The field in which extensions are offered and chosen. */
  static final String EXTENSIONS = "Sec-WebSocket-Extensions";

  private static final Set<String> OWN =
      Set.of("host", "upgrade", "connection", "content-length", "transfer-encoding");

  private HandshakeHeaders() {}

  /**
   * Refuses header fields of the application that the handshake sets itself.
   *
   * @throws IllegalArgumentException naming the field
   */
  static void checkExtra(Headers extra) {
    extra.forEach((name, value) -> {
      String lower = name.toLowerCase(Locale.ROOT);
      if (OWN.contains(lower) || lower.startsWith("sec-websocket-")) {
        throw new IllegalArgumentException("header " + name + " is set by the handshake itself");
      }
    });
  }

  /** RFC 9112 §3.2: exactly one Host, and in it nothing but a host and perhaps a port. */
  static boolean hasProperHost(Headers headers) {
    List<String> hosts = headers.all("Host");
    return hosts.size() == 1 && Authority.parse(hosts.get(0)) != null;
  }
}
