package dev.priz.protocol.deflate;

import dev.priz.fuzz.FuzzInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Messages that a fuzzer writes down in few bytes, though they may be longer than the window and
 * than a block. Each step is a byte for its kind, one for its size, and what the kind needs:
 *
 * <pre>
 *   0  literals      size, then so many bytes
 *   1  a run         size, byte; a quarter of the size's square
 *   2  a repetition  size, distance in two bytes; eight times the size where that is a multiple of 8
 *   3  noise         size, seed; a sixteenth of the size's square
 *   4  next message
 * </pre>
 */
final class FuzzMessages {
  private static final int KINDS = 5;
  private static final int MAX_MESSAGES = 8;
  private static final int MAX_ALL_BYTES = 100_000;

  private final FuzzInput input;
  // Those of all messages, because a repetition may reach across their borders: that is what a
  // window is for.
  private final byte[] all = new byte[MAX_ALL_BYTES];
  private int end;

  private FuzzMessages(FuzzInput input) {
    this.input = input;
  }

  /** The messages that the rest of an input describes, one at least. */
  static List<byte[]> read(FuzzInput input) {
    return new FuzzMessages(input).read();
  }

  private List<byte[]> read() {
    List<byte[]> messages = new ArrayList<>();
    int from = 0;
    while (!input.isUsedUp() && end < all.length && messages.size() < MAX_MESSAGES - 1) {
      int kind = input.below(KINDS);
      if (kind == 4) {
        messages.add(Arrays.copyOfRange(all, from, end));
        from = end;
      } else {
        addStep(kind, 1 + input.below(256));
      }
    }
    messages.add(Arrays.copyOfRange(all, from, end));
    return messages;
  }

  private void addStep(int kind, int size) {
    switch (kind) {
      case 0 -> add(input.take(size));
      case 1 -> {
        byte[] run = new byte[size * size / 4];
        Arrays.fill(run, (byte) input.below(256));
        add(run);
      }
      case 2 -> {
        int distance = 1 + input.below(256) * 256 + input.below(256);
        repeat(distance, size % 8 == 0 ? 8 * size : size);
      }
      default -> {
        byte[] noise = new byte[size * size / 16];
        new SplittableRandom(input.below(256)).nextBytes(noise);
        add(noise);
      }
    }
  }

  private void add(byte[] bytes) {
    int fitting = Math.min(bytes.length, all.length - end);
    System.arraycopy(bytes, 0, all, end, fitting);
    end += fitting;
  }

  private void repeat(int distance, int length) {
    if (distance > end) return;
    for (int to = Math.min(all.length, end + length); end < to; end++) {
      all[end] = all[end - distance];
    }
  }
}
