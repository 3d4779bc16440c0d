package dev.priz.conformance.interop;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.priz.Decision;
import dev.priz.Handshake;
import dev.priz.WebSocket;
import dev.priz.WebSocketServer;
import dev.priz.protocol.DeflateOptions;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** Priz's server, which receives clients as {@link Contract} says, in either style. */
final class OurServer implements AutoCloseable {
  private final BlockingQueue<OurEnd> visitors = new LinkedBlockingQueue<>();
  private final WebSocketServer server;

  /**
   * A server that has started.
   *
   * @param deflate null if it does not compress
   */
  OurServer(@Nullable DeflateOptions deflate) {
    server =
        WebSocketServer.at("127.0.0.1:0")
            .deflate(deflate)
            .subprotocols(Contract.SPOKEN.toArray(String[]::new))
            .handshake(OurServer::decide)
            .route(path(Style.LOOP), ws -> Style.LOOP.converse(ws, greet(ws)))
            .callbacks(path(Style.CALLBACKS), ws -> Style.CALLBACKS.converse(ws, greet(ws)))
            .route(Contract.REFUSED_PATH, ws -> {})
            .start();
  }

  /** Where connections are handled in this style. */
  String address(Style style) {
    return address(path(style));
  }

  /** An address of this server. */
  String address(String path) {
    return server.address() + path;
  }

  /** The next client that came; waits for it. */
  OurEnd next() throws InterruptedException {
    OurEnd next = visitors.poll(Heard.DEADLINE_SECONDS, SECONDS);
    if (next == null) throw new AssertionError("nobody came");
    return next;
  }

  @Override
  public void close() {
    server.close();
  }

  private Heard greet(WebSocket ws) {
    var ours = new OurEnd(ws, new Heard());
    ws.send(Contract.GREETING);
    visitors.add(ours);
    return ours.heard();
  }

  private static Decision decide(Handshake handshake) {
    if (handshake.request().path().equals(Contract.REFUSED_PATH)) {
      return Decision.refuse(Contract.REFUSAL_STATUS, Contract.REFUSAL_BODY);
    }
    return Decision.accept().header(Contract.RESPONSE_HEADER, Contract.ROOM);
  }

  private static String path(Style style) {
    return "/" + style;
  }
}
