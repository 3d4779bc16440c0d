package dev.priz;

import dev.priz.protocol.Headers;
import dev.priz.protocol.Response;
import org.jspecify.annotations.Nullable;

/** What a server's hook decides on a {@link Handshake}. */
public sealed interface Decision {

  /** Lets the client in. */
  static Accept accept() {
    return new Accept(null, Headers.EMPTY, null);
  }

  /**
   * Turns the client away with a status and a text that says why.
   *
   * @param status such as 401, 403 or 503
   * @throws IllegalArgumentException if it is not between 300 and 599
   */
  static Refuse refuse(int status, String text) {
    return new Refuse(Response.text(status, text));
  }

  /**
   * Turns the client away with a response of one's own making.
   *
   * @throws IllegalArgumentException if its status is not between 300 and 599
   */
  static Refuse refuse(Response response) {
    return new Refuse(response);
  }

  /**
   * The client is let in.
   *
   * @param subprotocol one that the client offered; null for the first of the server's that it did
   * @param headers further header fields of the response, such as cookies
   * @param attachment what {@link WebSocket#attachment} returns, such as who the user is
   */
  record Accept(@Nullable String subprotocol, Headers headers, @Nullable Object attachment)
      implements Decision {

    /** This decision with a subprotocol of the hook's choice. */
    public Accept subprotocol(String chosen) {
      return new Accept(chosen, headers, attachment);
    }

    /**
     * This decision with one more header field in the response.
     *
     * @throws IllegalArgumentException as {@link Headers#of(String...)}
     */
    public Accept header(String name, String value) {
      return new Accept(subprotocol, headers.with(name, value), attachment);
    }

    /** This decision with something for the connection's handler, such as who the user is. */
    public Accept attach(Object object) {
      return new Accept(subprotocol, headers, object);
    }
  }

  /**
   * The client is turned away, and the TCP connection closed.
   *
   * @param response what it is told
   */
  record Refuse(Response response) implements Decision {

    /**
     * Checks the status.
     *
     * @throws IllegalArgumentException if it is not between 300 and 599
     */
    public Refuse {
      if (response.status() < 300) {
        throw new IllegalArgumentException(
            "status is " + response.status() + ", a refusal has 300 to 599");
      }
    }
  }
}
