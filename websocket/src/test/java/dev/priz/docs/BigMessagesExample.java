package dev.priz.docs;

import dev.priz.IncomingMessage;
import dev.priz.OutgoingMessage;
import dev.priz.WebSocket;
import dev.priz.WebSocketServerBuilder;
import dev.priz.protocol.Limits;
import dev.priz.protocol.Opcode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The code of how-to/big-messages.md. */
final class BigMessagesExample {
  private BigMessagesExample() {}

  static WebSocketServerBuilder biggerLimit(WebSocketServerBuilder server) {
    return server.limits(Limits.DEFAULT.maxMessageBytes(16 << 20));
  }

  static void receiveFiles(WebSocket ws, Path folder) throws IOException {
    int number = 0;
    for (IncomingMessage message = ws.receiveStream();
        message != null;
        message = ws.receiveStream()) {
      try (InputStream bytes = message.bytes()) {
        Files.copy(bytes, folder.resolve("file" + ++number));
      }
    }
  }

  static long countLines(IncomingMessage message) {
    return new BufferedReader(message.characters()).lines().count();
  }

  static void sendFile(WebSocket ws, Path file) throws IOException {
    try (OutputStream out = ws.binaryStream()) {
      Files.copy(file, out);
    }
  }

  static void sendLines(WebSocket ws, List<String> lines) throws IOException {
    try (Writer out = ws.textWriter()) {
      for (String line : lines) out.append(line).append('\n');
    }
  }

  static void sendFragments(WebSocket ws) {
    try (OutgoingMessage message = ws.sendFragments(Opcode.TEXT)) {
      message.send("one ");
      message.send("message");
    }
  }
}
