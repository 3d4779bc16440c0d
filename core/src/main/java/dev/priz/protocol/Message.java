package dev.priz.protocol;

/**
 * One whole message or control frame, made for pattern matching:
 *
 * {@snippet class="dev.priz.protocol.MessageExample" region="match"}
 *
 * <p>All five are immutable but for the arrays in them, which belong to whoever holds the message.
 */
public sealed interface Message extends Event permits Text, Binary, Ping, Pong, Close {

  /** The opcode that announces this kind on the wire; never {@link Opcode#CONTINUATION}. */
  Opcode opcode();

  /**
   * The payload as it stands on the wire: UTF-8 for {@link Text}, code and reason for {@link
   * Close}.
   *
   * @return the message's own array for {@link Binary}, {@link Ping} and {@link Pong}, a fresh one
   *     for the others
   */
  byte[] data();

  /**
   * The payload as text: the content of a {@link Text}, the reason of a {@link Close}.
   *
   * @throws IllegalStateException if this is {@link Binary}, {@link Ping} or {@link Pong}, whose
   *     bytes need not be text
   */
  default String text() {
    throw new IllegalStateException("a " + opcode() + " message carries bytes, not text");
  }
}
