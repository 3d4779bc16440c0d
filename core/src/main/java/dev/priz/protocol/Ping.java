package dev.priz.protocol;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A Ping, already answered unless automatic answers are off (RFC 6455 §5.5.2).
 *
 * @param data at most 125 bytes; the holder's own, not copied
 */
public record Ping(byte[] data) implements Message {

  @Override
  public Opcode opcode() {
    return Opcode.PING;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Ping that && Arrays.equals(data, that.data);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(data);
  }

  @Override
  public String toString() {
    return "Ping[" + data.length + " bytes]";
  }
}
