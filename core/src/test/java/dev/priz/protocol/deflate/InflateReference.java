package dev.priz.protocol.deflate;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The same decoder made of the JDK's {@link Inflater}, which is zlib's; with a window of 32 KiB and
 * context takeover.
 */
final class InflateReference {
  private static final int WINDOW_BYTES = 1 << 15;
  private static final byte[] TAIL = InflateBits.wire("00 00 ff ff");
  private static final byte[] PROBE = "probe".getBytes(ISO_8859_1);

  private static final Map<String, InflateFault> FAULTS =
      Map.ofEntries(
          Map.entry("invalid block type", InflateFault.BLOCK_TYPE),
          Map.entry("invalid stored block lengths", InflateFault.STORED_LENGTH),
          Map.entry("too many length or distance symbols", InflateFault.TOO_MANY_SYMBOLS),
          Map.entry("invalid code lengths set", InflateFault.CODE_LENGTHS),
          Map.entry("invalid bit length repeat", InflateFault.LENGTH_REPEAT),
          Map.entry("invalid code -- missing end-of-block", InflateFault.NO_END_OF_BLOCK),
          Map.entry("invalid literal/lengths set", InflateFault.LITERAL_CODES),
          Map.entry("invalid distances set", InflateFault.DISTANCE_CODES),
          Map.entry("invalid literal/length code", InflateFault.LITERAL),
          Map.entry("invalid distance code", InflateFault.DISTANCE),
          Map.entry("invalid distance too far back", InflateFault.DISTANCE_TOO_FAR));

  private final int maxOutputBytes;
  private byte[] history = {};

  InflateReference(int maxOutputBytes) {
    this.maxOutputBytes = maxOutputBytes;
  }

  /** Decompresses a message; none may follow one with a fault. */
  InflateOutcome inflate(byte[] message) {
    try (var closed = new Closing(new Inflater(true))) {
      return inflate(closed.inflater(), message);
    }
  }

  private InflateOutcome inflate(Inflater inflater, byte[] message) {
    byte[] input = Arrays.copyOf(message, message.length + TAIL.length);
    System.arraycopy(TAIL, 0, input, message.length, TAIL.length);
    var output = new ByteArrayOutputStream();
    byte[] space = new byte[maxOutputBytes + 1];
    int from = 0;
    while (true) {
      inflater.reset();
      inflater.setDictionary(historyWith(output.toByteArray()));
      inflater.setInput(input, from, input.length - from);
      int room = space.length - output.size();
      try {
        output.write(space, 0, inflater.inflate(space, 0, room));
      } catch (DataFormatException e) {
        boolean tooMuch = inflater.getBytesWritten() >= room;
        return InflateOutcome.of(tooMuch ? InflateFault.OUTPUT_LIMIT : FAULTS.get(e.getMessage()));
      }
      if (output.size() > maxOutputBytes) return InflateOutcome.of(InflateFault.OUTPUT_LIMIT);
      if (!inflater.finished()) break;
      from = input.length - inflater.getRemaining();
      if (from == message.length || from == input.length) return outcome(output);
    }
    return endsAtBlock(inflater) ? outcome(output) : InflateOutcome.of(InflateFault.TRUNCATED);
  }

  private InflateOutcome outcome(ByteArrayOutputStream output) {
    history = historyWith(output.toByteArray());
    return InflateOutcome.of(output.toByteArray());
  }

  private byte[] historyWith(byte[] output) {
    byte[] all = Arrays.copyOf(history, history.length + output.length);
    System.arraycopy(output, 0, all, history.length, output.length);
    return Arrays.copyOfRange(all, Math.max(0, all.length - WINDOW_BYTES), all.length);
  }

  // The inflater does not tell where it is; but another block only comes out unchanged between
  // blocks. The ones in its first byte, which nobody looks at there, are to keep the zeros from
  // completing a code and then being taken for the block's. Where one or two bits of the next block
  // are left, which are ones because they end the message, that block is final or not a stored one.
  private static boolean endsAtBlock(Inflater inflater) {
    byte[] found = new byte[PROBE.length + 1];
    byte[] block = new InflateBits().stored(0, PROBE).toBytes();
    block[0] |= (byte) 0xF8;
    inflater.setInput(block);
    try {
      int length = inflater.inflate(found);
      return length == PROBE.length
          && !inflater.finished()
          && Arrays.equals(found, 0, length, PROBE, 0, length);
    } catch (DataFormatException e) {
      return false;
    }
  }

  // The Inflater itself can be closed in later versions of Java only.
  private record Closing(Inflater inflater) implements AutoCloseable {
    @Override
    public void close() {
      inflater.end();
    }
  }
}
