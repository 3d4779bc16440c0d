package dev.priz.protocol;

/** The example in the Javadoc of {@link Message}. */
final class MessageExample {
  private MessageExample() {}

  static String describe(Message message) {
    // @start region="match"
    return switch (message) {
      case Text(String text) -> "text: " + text;
      case Binary(byte[] data) -> data.length + " bytes";
      case Ping ping -> "ping, answered already";
      case Pong pong -> "pong";
      case Close(int code, String reason) -> "closed with " + code + " " + reason;
    };
    // @end
  }
}
