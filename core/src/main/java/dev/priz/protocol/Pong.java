package dev.priz.protocol;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A Pong, the answer to a Ping or a heartbeat of the peer's own (RFC 6455 §5.5.3).
 *
 * @param data at most 125 bytes; the holder's own, not copied
 */
public record Pong(byte[] data) implements Message {

  @Override
  public Opcode opcode() {
    return Opcode.PONG;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Pong that && Arrays.equals(data, that.data);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(data);
  }

  @Override
  public String toString() {
    return "Pong[" + data.length + " bytes]";
  }
}
