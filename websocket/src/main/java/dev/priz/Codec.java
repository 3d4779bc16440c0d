package dev.priz;

import dev.priz.protocol.Binary;
import dev.priz.protocol.Close;
import dev.priz.protocol.Message;
import dev.priz.protocol.Opcode;
import dev.priz.protocol.Ping;
import dev.priz.protocol.Pong;
import dev.priz.protocol.PreparedMessage;
import dev.priz.protocol.Text;

/**
 * How the values of a type stand in messages, JSON for one; {@link WebSocket#as} sends and receives
 * through it. The library depends on no mapper, and most fit in one line:
 *
 * {@snippet class="dev.priz.CodecExample" region="json"}
 *
 * <p>A codec serves all connections that are given it, on any number of threads at once. It must
 * not block: with callbacks, it runs on the event loop.
 *
 * @param <T> the type of the values
 */
public interface Codec<T> {

  /**
   * A codec for text messages.
   *
   * @param encoder gives the text of a value
   * @param decoder gives the value of a text, or throws if it has none
   */
  static <T> Codec<T> text(
      Conversion<? super T, String> encoder, Conversion<String, ? extends T> decoder) {
    return new OneKindCodec<>(
        Opcode.TEXT,
        value -> new Text(encoder.convert(value)),
        message -> decoder.convert(message.text()));
  }

  /**
   * A codec for binary messages.
   *
   * @param encoder gives the bytes of a value
   * @param decoder gives the value of bytes, which are its to keep, or throws if they have none
   */
  static <T> Codec<T> binary(
      Conversion<? super T, byte[]> encoder, Conversion<byte[], ? extends T> decoder) {
    return new OneKindCodec<>(
        Opcode.BINARY,
        value -> new Binary(encoder.convert(value)),
        message -> decoder.convert(message.data()));
  }

  /**
   * Encodes a value, on the thread that sends it.
   *
   * @return {@link Text} or {@link Binary}
   * @throws Exception if the value cannot be encoded; the cause of what the sender gets
   */
  Message encode(T value) throws Exception;

  /**
   * Whether messages of a kind are decoded; one of another kind closes its connection with code
   * 1003 (RFC 6455 §7.4.1).
   *
   * @param kind {@link Opcode#TEXT} or {@link Opcode#BINARY}
   */
  boolean accepts(Opcode kind);

  /**
   * Decodes a message, on the thread that receives it, or on the event loop for a callback.
   *
   * @param message {@link Text} or {@link Binary}, of a kind that is accepted
   * @return a value; null is taken for a failure, because it would look like the end
   * @throws Exception if the content is not a value's, which closes the connection with code 1007
   *     (RFC 6455 §7.4.1); the peer does not learn more
   */
  T decode(Message message) throws Exception;

  /**
   * Encodes a value once, for any number of {@linkplain WebSocket#send(PreparedMessage)
   * connections}.
   *
   * @throws IllegalArgumentException as {@link TypedWebSocket#send}
   */
  default PreparedMessage prepare(T value) {
    return switch (TypedWebSocket.encode(this, value)) {
      case Text text -> PreparedMessage.text(text.text());
      case Binary binary -> PreparedMessage.binary(binary.data());
      case Ping ping -> throw new AssertionError(ping);
      case Pong pong -> throw new AssertionError(pong);
      case Close close -> throw new AssertionError(close);
    };
  }

  /**
   * One half of a codec; may throw what it likes.
   *
   * @param <A> what it is given
   * @param <B> what it makes of that
   */
  @FunctionalInterface
  interface Conversion<A, B> {
    /** Converts. */
    B convert(A from) throws Exception;
  }
}
