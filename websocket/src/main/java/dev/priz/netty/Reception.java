package dev.priz.netty;

import dev.priz.protocol.Headers;
import dev.priz.protocol.Request;
import dev.priz.protocol.Response;
import dev.priz.protocol.ServerHandshake;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** Who receives a server's requests; called on the event loop, so that it never waits there. */
public interface Reception {

  /** Decides on a proper opening handshake, now or later. */
  void decide(Request request, ServerHandshake handshake, Visitor visitor);

  /** Whether plain HTTP requests are served at all. */
  boolean servesHttp();

  /** Answers a plain HTTP request, now or later. */
  void serve(Request request, byte[] body, Visitor visitor);

  /**
   * Learns that one who wanted a WebSocket, or said nothing that is HTTP, was turned away.
   *
   * @param request what was understood, or null
   */
  void refused(@Nullable Request request, @Nullable SocketAddress peer, Response response);

  /**
   * One who waits for an answer; any thread may give it. Only the first answer counts, and none if
   * the visitor has left.
   */
  interface Visitor {
    /** Where the visitor connects from, beyond trusted proxies, or null if it has left. */
    @Nullable SocketAddress remoteAddress();

    /** Whether the visitor, or who is behind a trusted proxy, came over TLS. */
    boolean isSecure();

    /**
     * Opens the WebSocket.
     *
     * @param subprotocol the chosen one, or null
     * @param extra further header fields of the response
     * @param owner takes the link
     * @throws IllegalArgumentException as {@link ServerHandshake#accept}
     */
    void accept(@Nullable String subprotocol, Headers extra, Link.Owner owner);

    /** Answers with a plain HTTP response; a refused handshake ends the TCP connection. */
    void respond(Response response);

    /**
     * Has an action run on the event loop if the visitor leaves, or is sent away, before it was
     * answered.
     */
    void onLeave(Runnable action);
  }
}
