package dev.priz.protocol.deflate;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What a compressed message came to.
 *
 * @param output of a message without a fault; equal to others by its bytes
 */
record InflateOutcome(ByteBuffer output, @Nullable InflateFault fault) {
  static InflateOutcome of(byte[] output) {
    return new InflateOutcome(ByteBuffer.wrap(output), null);
  }

  static InflateOutcome of(String text) {
    return of(text.getBytes(ISO_8859_1));
  }

  static InflateOutcome of(InflateFault fault) {
    return new InflateOutcome(ByteBuffer.allocate(0), fault);
  }
}
