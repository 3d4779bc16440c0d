package dev.priz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The example of messages of any size in the Javadoc. */
final class ReceivingExample {
  private ReceivingExample() {}

  static int stream(WebSocket ws, Path folder) throws IOException {
    // @start region="stream"
    int received = 0;
    for (var message = ws.receiveStream(); message != null; message = ws.receiveStream()) {
      Files.copy(message.bytes(), folder.resolve("message-" + received++));
    }
    // @end
    return received;
  }
}
