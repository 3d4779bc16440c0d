package dev.priz.docs;

import dev.priz.OutgoingMessage;
import dev.priz.WebSocket;
import dev.priz.WebSocketServerBuilder;
import dev.priz.protocol.DeflateOptions;
import dev.priz.protocol.Opcode;
import dev.priz.protocol.PreparedMessage;

/** The code of how-to/compression.md. */
final class CompressionExample {
  private CompressionExample() {}

  static WebSocketServerBuilder dedicated(WebSocketServerBuilder server) {
    return server.deflate(DeflateOptions.DEDICATED);
  }

  static void sendSecret(WebSocket ws, String secret) {
    ws.send(PreparedMessage.text(secret).uncompressed());
  }

  static void sendSecretInFragments(WebSocket ws, String secret) {
    try (OutgoingMessage message = ws.sendFragments(Opcode.TEXT).uncompressed()) {
      message.send(secret);
    }
  }
}
