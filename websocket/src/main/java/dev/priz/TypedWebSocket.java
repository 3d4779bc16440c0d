package dev.priz;

import dev.priz.protocol.Close;
import dev.priz.protocol.CloseCode;
import dev.priz.protocol.Message;
import dev.priz.protocol.Opcode;
import java.util.Iterator;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A {@link WebSocket} that sends and receives values, as a {@link Codec} has them. It is a view: it
 * shares all with {@linkplain #webSocket() the connection}, which may be used beside it, and {@link
 * WebSocket} tells about threads, order, and how messages are received.
 *
 * {@snippet class="dev.priz.CodecExample" region="loop"}
 *
 * <p><b>What cannot be decoded</b> is the peer's fault, and ends the connection: {@code onError} is
 * given a {@link DecodingException}, a Close frame goes out with code 1003 or 1007 and without
 * details, and nothing of what the peer sent after it is received.
 *
 * @param <T> the type of the values
 */
public final class TypedWebSocket<T> implements Iterable<T>, AutoCloseable {
  private static final Close NOT_DECODED =
      new Close(CloseCode.INVALID_PAYLOAD, "message cannot be decoded");

  private final WebSocket ws;
  private final Incoming incoming;
  private final Codec<T> codec;

  TypedWebSocket(WebSocket ws, Incoming incoming, Codec<T> codec) {
    this.ws = ws;
    this.incoming = incoming;
    this.codec = codec;
  }

  /** The connection itself: for callbacks of its state, control frames, close codes. */
  public WebSocket webSocket() {
    return ws;
  }

  /**
   * Sends a value, which is encoded on this thread and need not be kept after that.
   *
   * @throws IllegalArgumentException if it cannot be encoded, with what the codec threw as its
   *     cause; nothing was sent
   * @throws ConnectionClosedException as {@link WebSocket#send(Message)}
   * @throws WebSocketException as {@link WebSocket#send(Message)}
   */
  public void send(T value) {
    ws.send(encode(codec, value));
  }

  /**
   * Sends a value without ever waiting for the peer; it is encoded on this thread.
   *
   * @return as {@link WebSocket#sendAsync}
   * @throws IllegalArgumentException as {@link #send}
   */
  public CompletionStage<@Nullable Void> sendAsync(T value) {
    return ws.sendAsync(encode(codec, value));
  }

  /**
   * Waits for the next value, and decodes it on this thread; else as {@link WebSocket#receive}.
   *
   * @return null once the connection has ended
   * @throws DecodingException if the next message is none that the codec takes; the connection is
   *     being closed, and the next call gives null
   * @throws IllegalStateException as {@link WebSocket#receive}
   * @throws WebSocketException as {@link WebSocket#receive}
   */
  public @Nullable T receive() {
    Message message = ws.receive();
    while (message != null && message.opcode().isControl()) message = ws.receive();
    return message == null ? null : decode(message);
  }

  /** The values that {@link #receive} gives, up to the end of the connection; throws as it does. */
  @Override
  public Iterator<T> iterator() {
    return new Waiting.Received<>(this::receive);
  }

  /**
   * Has a callback called, on the event loop, with the value of each message that has no callback
   * of its own kind; it takes the place of {@link WebSocket#onMessage}.
   */
  public TypedWebSocket<T> onMessage(Consumer<? super T> callback) {
    ws.onMessage(new Decoding<>(this, callback));
    return this;
  }

  /** Closes the connection as {@link WebSocket#close()}. */
  @Override
  public void close() {
    ws.close();
  }

  @Override
  public String toString() {
    return ws.toString();
  }

  /**
   * Encodes a value.
   *
   * @throws IllegalArgumentException if that fails, or gives a control frame
   */
  static <T> Message encode(Codec<T> codec, T value) {
    Message message;
    try {
      message = codec.encode(value);
    } catch (Exception unfit) {
      throw new IllegalArgumentException(
          "a " + value.getClass().getName() + " cannot be encoded", unfit);
    }
    if (message.opcode().isControl()) {
      throw new IllegalArgumentException(
          "the codec made a " + message.opcode() + ", not TEXT or BINARY");
    }
    return message;
  }

  private T decode(Message message) {
    String kind = message.opcode() == Opcode.TEXT ? "text" : "binary";
    if (!codec.accepts(message.opcode())) {
      Close close = new Close(CloseCode.UNSUPPORTED_DATA, kind + " messages are not accepted");
      throw incoming.refuse(close, new DecodingException(close.reason(), null));
    }
    T value;
    Exception cause = null;
    try {
      value = codec.decode(message);
    } catch (Exception unfit) {
      // Of whatever class: the codec is foreign, and what it was given is the peer's.
      value = null;
      cause = unfit;
    }
    if (value != null) return value;
    throw incoming.refuse(
        NOT_DECODED, new DecodingException("a " + kind + " message cannot be decoded", cause));
  }

  /**
   * What a connection calls for {@link #onMessage}.
   *
   * @param callback the application's
   */
  record Decoding<T>(TypedWebSocket<T> typed, Consumer<? super T> callback)
      implements Consumer<Message> {
    @Override
    public void accept(Message message) {
      callback.accept(typed.decode(message));
    }
  }
}
