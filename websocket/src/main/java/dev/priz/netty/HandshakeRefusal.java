package dev.priz.netty;

import dev.priz.protocol.Response;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** The server's answer to a client's handshake was not the one that opens a connection. */
public final class HandshakeRefusal extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Response response;
  private final transient @Nullable SocketAddress remoteAddress;

  HandshakeRefusal(String why, Response response, @Nullable SocketAddress remoteAddress) {
    super(why, null, false, false);
    this.response = response;
    this.remoteAddress = remoteAddress;
  }

  /** What the server answered, with the start of its body. */
  public Response response() {
    return response;
  }

  /** Where the answer came from: the server, or the proxy before it; null if that has left. */
  public @Nullable SocketAddress remoteAddress() {
    return remoteAddress;
  }
}
