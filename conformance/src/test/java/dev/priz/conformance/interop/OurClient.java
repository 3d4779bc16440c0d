package dev.priz.conformance.interop;

import dev.priz.WebSocket;
import dev.priz.WebSocketClient;
import dev.priz.protocol.DeflateOptions;
import org.jspecify.annotations.Nullable;

/** Priz's client, which connects as {@link Contract} says, in either style. */
final class OurClient implements AutoCloseable {
  private final WebSocketClient client;

  /**
   * A client.
   *
   * @param deflate null if it does not compress
   */
  OurClient(@Nullable DeflateOptions deflate) {
    client =
        WebSocketClient.builder()
            .deflate(deflate)
            .subprotocols(Contract.OFFERED.toArray(String[]::new))
            .header(Contract.REQUEST_HEADER, Contract.TOKEN)
            .build();
  }

  /** Connects to a server on 127.0.0.1. */
  OurEnd connect(int port, String path, Style style) {
    String address = "ws://127.0.0.1:" + port + path;
    var heard = new Heard();
    return switch (style) {
      case LOOP -> {
        WebSocket ws = client.connect(address);
        Thread.ofVirtual().name("interop loop").start(() -> style.converse(ws, heard));
        yield new OurEnd(ws, heard);
      }
      case CALLBACKS -> new OurEnd(client.connect(address, ws -> style.converse(ws, heard)), heard);
    };
  }

  @Override
  public void close() {
    client.close();
  }
}
