package dev.priz.protocol.deflate;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.priz.fuzz.Allocation;
import dev.priz.fuzz.FuzzInput;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds {@link InflateDecoder} against zlib on any bytes in any pieces: the same output, the same
 * fault, and little memory.
 *
 * <p>Two differences are meant. zlib, as the JDK has it, always has a window of 32 KiB, so that a
 * smaller one may refuse a distance that zlib takes. And it has no limits but that of the output.
 */
final class InflateFuzzTest {
  private static final int MAX_OUTPUT_BYTES = 20_000;
  private static final InflateLimits ONLY_OUTPUT =
      new InflateLimits(MAX_OUTPUT_BYTES, InflateLimits.ANY_RATIO, Integer.MAX_VALUE);
  private static final InflateLimits NARROW = new InflateLimits(MAX_OUTPUT_BYTES, 20, 512);
  // What a decoder with the greatest window may take: the window, which is made anew when it has to
  // grow, and a workspace.
  private static final long MAX_ALLOCATED_BYTES = 2 * (1 << 15) + 16 * 1024;

  private final ByteBuffer space = ByteBuffer.allocate(MAX_OUTPUT_BYTES);

  @FuzzTest
  void agreesWithZlib(byte[] bytes) {
    var input = new FuzzInput(bytes);
    int windowBits = 8 + input.below(8);
    var way =
        new InflateWay(
            1 + input.below(20),
            1 + input.below(256),
            1 + input.below(256),
            input.flag(),
            input.flag());
    List<byte[]> messages = messages(input);
    var ways = List.of(InflateWay.WHOLE, InflateWay.BYTE_BY_BYTE, way);

    List<InflateOutcome> expected = expected(messages, true);
    for (InflateWay each : ways) {
      assertThat(each.inflate(15, true, ONLY_OUTPUT, messages)).as("%s", each).isEqualTo(expected);
    }
    assertThat(way.inflate(15, false, ONLY_OUTPUT, messages)).isEqualTo(expected(messages, false));
    assertDiffersAsMeant(same(ways, windowBits, ONLY_OUTPUT, messages), expected);
    assertDiffersAsMeant(same(ways, 15, NARROW, messages), expected);
    assertTakesLittleMemory(messages);
  }

  private static List<byte[]> messages(FuzzInput input) {
    List<byte[]> messages = new ArrayList<>();
    int others = input.below(3);
    for (int i = 0; i < others; i++) messages.add(input.take(input.below(256)));
    messages.add(input.rest());
    return messages;
  }

  // Up to the first fault, after which a decoder takes nothing more.
  private static List<InflateOutcome> expected(List<byte[]> messages, boolean takeover) {
    List<InflateOutcome> expected = new ArrayList<>();
    var reference = new InflateReference(MAX_OUTPUT_BYTES);
    for (byte[] message : messages) {
      InflateOutcome outcome = reference.inflate(message);
      expected.add(outcome);
      if (outcome.fault() != null) break;
      if (!takeover) reference = new InflateReference(MAX_OUTPUT_BYTES);
    }
    return expected;
  }

  private static List<InflateOutcome> same(
      List<InflateWay> ways, int windowBits, InflateLimits limits, List<byte[]> messages) {
    List<InflateOutcome> whole = InflateWay.WHOLE.inflate(windowBits, true, limits, messages);
    for (InflateWay way : ways) {
      assertThat(way.inflate(windowBits, true, limits, messages))
          .as("%s, window bits %d, %s", way, windowBits, limits)
          .isEqualTo(whole);
    }
    return whole;
  }

  private static void assertDiffersAsMeant(
      List<InflateOutcome> outcomes, List<InflateOutcome> expected) {
    for (int i = 0; i < outcomes.size(); i++) {
      InflateFault fault = outcomes.get(i).fault();
      boolean refusedEarlier =
          fault == InflateFault.DISTANCE_TOO_FAR || (fault != null && fault.isLimit());
      if (!refusedEarlier) assertThat(outcomes.get(i)).isEqualTo(expected.get(i));
    }
  }

  private void assertTakesLittleMemory(List<byte[]> messages) {
    long allocated = Allocation.by(() -> inflate(messages), MAX_ALLOCATED_BYTES);

    assertThat(allocated).isLessThanOrEqualTo(MAX_ALLOCATED_BYTES);
  }

  private void inflate(List<byte[]> messages) {
    var decoder = new InflateDecoder(15, true, ONLY_OUTPUT, new InflateWorkspaces());
    for (byte[] message : messages) {
      if (decoder.fault() == null) decoder.inflate(ByteBuffer.wrap(message), true, space.clear());
    }
  }
}
