package dev.priz;

import dev.priz.netty.HandshakeRefusal;
import dev.priz.netty.HostResolver;
import dev.priz.protocol.WebSocketUri;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A server's refusal of a client's handshake.
 *
 * @param from the server
 */
record Refused(WebSocketUri from, HandshakeRefusal refusal) {

  /**
   * What the caller of connect gets.
   *
   * @param origin put behind the server's address
   * @param more put at the end
   */
  HandshakeRefusedException exception(String origin, String more) {
    return new HandshakeRefusedException(
        "handshake with " + from + origin + " refused: " + refusal.getMessage() + more,
        refusal.response(),
        refusal);
  }

  /** The server's address; behind a proxy, null for one that is known by its name. */
  @Nullable InetAddress fromAddress(boolean behindProxy) {
    if (behindProxy) return HostResolver.literal(from.host());
    return refusal.remoteAddress() instanceof InetSocketAddress tcp ? tcp.getAddress() : null;
  }
}
