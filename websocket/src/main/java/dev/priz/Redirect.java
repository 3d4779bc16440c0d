package dev.priz;

import dev.priz.protocol.WebSocketUri;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A server's wish that a client connect elsewhere, for a {@link RedirectPolicy} to decide on.
 *
 * @param status 301, 302, 303, 307 or 308
 * @param from the server that answered so
 * @param fromAddress its address; behind a proxy, null unless {@code from} names an address
 * @param to the new place
 * @param toAddresses all addresses of its host that may be connected to, and no others will be;
 *     behind a proxy, which looks names up itself, none unless {@code to} names an address
 */
public record Redirect(
    int status,
    WebSocketUri from,
    @Nullable InetAddress fromAddress,
    WebSocketUri to,
    List<InetAddress> toAddresses) {

  /** Copies the addresses. */
  public Redirect {
    toAddresses = List.copyOf(toAddresses);
  }

  /** Whether host, port and scheme stay what they are. */
  public boolean isToSameOrigin() {
    return isSameOrigin(from, to);
  }

  static boolean isSameOrigin(WebSocketUri one, WebSocketUri other) {
    return one.secure() == other.secure()
        && one.port() == other.port()
        && one.host().equalsIgnoreCase(other.host());
  }
}
