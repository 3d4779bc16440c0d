package dev.priz.protocol;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The next piece of a message on a connection that {@linkplain Connection#streamMessages streams};
 * pieces follow the peer's writes, not its frames, and may cut a character of text in two.
 *
 * @param opcode {@link Opcode#TEXT} or {@link Opcode#BINARY}, the same for all parts of a message
 * @param data the bytes, checked to be UTF-8 so far if this is text; the holder's own; empty at
 *     times
 * @param last whether the message ends with this part
 */
public record Part(Opcode opcode, byte[] data, boolean last) implements Event {

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Part that
        && opcode == that.opcode
        && last == that.last
        && Arrays.equals(data, that.data);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(data) + opcode.hashCode() + (last ? 1 : 0);
  }

  @Override
  public String toString() {
    return "Part[" + opcode + ", " + data.length + " bytes" + (last ? ", last]" : "]");
  }
}
