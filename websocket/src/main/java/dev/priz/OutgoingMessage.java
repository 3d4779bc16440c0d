package dev.priz;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.priz.netty.Outgoing;
import dev.priz.protocol.Connection;
import dev.priz.protocol.Opcode;

/**
 * A message that is sent in fragments of the sender's choice (RFC 6455 §5.4). Other messages of the
 * connection wait until it is closed; Pings and Pongs do not. For use by one thread at a time.
 *
 * {@snippet class="dev.priz.SendingExample" region="fragments"}
 */
public final class OutgoingMessage implements AutoCloseable {
  private final Sending sending;
  private final Opcode kind;
  private Opcode next;
  private boolean mayCompress = true;
  private boolean ended;

  OutgoingMessage(Sending sending, Opcode kind) {
    if (kind != Opcode.TEXT && kind != Opcode.BINARY) {
      throw new IllegalArgumentException("a message is TEXT or BINARY, not " + kind);
    }
    this.sending = sending;
    this.kind = kind;
    next = kind;
  }

  /**
   * Has this message sent as it is on a connection that compresses: for secrets, as {@link
   * dev.priz.protocol.PreparedMessage#uncompressed} explains.
   *
   * @throws IllegalStateException if a fragment has been sent
   */
  public OutgoingMessage uncompressed() {
    if (next != kind) throw new IllegalStateException("the message has begun");
    mayCompress = false;
    return this;
  }

  /**
   * Sends a fragment of a text message.
   *
   * @throws IllegalArgumentException if it has an unpaired surrogate: a fragment does not cut a
   *     character in two
   * @throws IllegalStateException if the message is binary or closed
   * @throws ConnectionClosedException if the connection is closing or has ended
   * @throws WebSocketException if the thread is interrupted while it waits; the fragment was not
   *     sent
   */
  public void send(String text) {
    check(Opcode.TEXT);
    Connection.textBytes(text);
    fragment(text.getBytes(UTF_8), false);
  }

  /**
   * Sends a fragment of a binary message.
   *
   * @param data borrowed
   * @throws IllegalStateException if the message is text or closed
   * @throws ConnectionClosedException as {@link #send(String)}
   * @throws WebSocketException as {@link #send(String)}
   */
  public void send(byte[] data) {
    check(Opcode.BINARY);
    fragment(data.clone(), false);
  }

  /**
   * Ends the message with an empty last fragment; does nothing if it has ended.
   *
   * @throws ConnectionClosedException as {@link #send(String)}
   * @throws WebSocketException as {@link #send(String)}
   */
  @Override
  public void close() {
    if (!ended) fragment(new byte[0], true);
  }

  // Sends a fragment of either kind; takes the bytes.
  void fragment(byte[] payload, boolean last) {
    sending.enqueue(new Outgoing.Frame(next, last, mayCompress, payload, this, null));
    next = Opcode.CONTINUATION;
    ended = last;
  }

  private void check(Opcode wanted) {
    if (ended) throw new IllegalStateException("the message has ended");
    if (wanted != kind) throw new IllegalStateException("the message is " + kind);
  }
}
