package dev.priz.netty;

import dev.priz.protocol.Response;

/** The server's answer to a client's handshake was not the one that opens a connection. */
public final class HandshakeRefusal extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Response response;

  HandshakeRefusal(String why, Response response) {
    super(why, null, false, false);
    this.response = response;
  }

  /** What the server answered, with the start of its body. */
  public Response response() {
    return response;
  }
}
