package dev.priz;

import dev.priz.protocol.Opcode;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** The examples of long messages in the Javadoc. */
final class SendingExample {
  private SendingExample() {}

  static void fragments(WebSocket ws, List<String> lines) {
    // @start region="fragments"
    try (OutgoingMessage message = ws.sendFragments(Opcode.TEXT)) {
      for (String line : lines) message.send(line + "\n");
    }
    // @end
  }

  static void writer(WebSocket ws, List<String> lines) throws IOException {
    // @start region="writer"
    try (Writer writer = ws.textWriter()) {
      for (String line : lines) writer.write(line + "\n");
    }
    // @end
  }
}
