package dev.priz.protocol;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A complete binary message (RFC 6455 §5.6).
 *
 * @param data its content; the holder's own, not copied
 */
public record Binary(byte[] data) implements Message {

  @Override
  public Opcode opcode() {
    return Opcode.BINARY;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Binary that && Arrays.equals(data, that.data);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(data);
  }

  @Override
  public String toString() {
    return "Binary[" + data.length + " bytes]";
  }
}
