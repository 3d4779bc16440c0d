package dev.priz.protocol;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The control frames that the protocol itself wants to send: at most one of each kind, however many
 * a peer provokes.
 */
final class PendingControl {
  private byte @Nullable [] pong;
  private byte @Nullable [] ping;
  private @Nullable Close close;

  void pong(byte[] payload) {
    // RFC 6455 §5.5.3: an endpoint may "send a Pong frame for only the most recently processed Ping
    // frame"
    pong = payload;
  }

  void ping(byte[] payload) {
    ping = payload;
  }

  void close(Close frame) {
    close = frame;
  }

  boolean isEmpty() {
    return pong == null && ping == null && close == null;
  }

  /** Writes all that is pending, the Close frame last, and forgets it. */
  void poll(FrameWriter writer, ByteBuffer out) {
    if (pong != null) writer.writeControl(Opcode.PONG, pong, out);
    if (ping != null) writer.writeControl(Opcode.PING, ping, out);
    if (close != null) writer.writeControl(Opcode.CLOSE, close.data(), out);
    pong = null;
    ping = null;
    close = null;
  }
}
