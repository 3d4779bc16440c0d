package dev.priz.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.util.Arrays;

/** UTF-8 as the JDK sees it. */
final class ReferenceUtf8 {
  private final CharsetDecoder decoder =
      UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private CharBuffer chars = CharBuffer.allocate(256);

  boolean isValid(byte[] bytes) {
    if (bytes.length > chars.capacity()) chars = CharBuffer.allocate(2 * bytes.length);
    chars.clear();
    return !decoder.reset().decode(ByteBuffer.wrap(bytes), chars, true).isError();
  }

  /**
   * Whether bytes may follow that make this valid; some of these then do, whatever it ends with.
   */
  boolean canBecomeValid(byte[] bytes) {
    for (int missing = 0; missing <= 3; missing++) {
      byte[] longer = Arrays.copyOf(bytes, bytes.length + missing);
      for (byte filling : new byte[] {(byte) 0x80, (byte) 0xBF}) {
        Arrays.fill(longer, bytes.length, longer.length, filling);
        if (isValid(longer)) return true;
      }
    }
    return false;
  }
}
