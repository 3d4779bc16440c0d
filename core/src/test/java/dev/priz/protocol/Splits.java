package dev.priz.protocol;

import static dev.priz.protocol.Endpoint.utf8;
import static dev.priz.protocol.Wire.direct;
import static dev.priz.protocol.Wire.frameFrom;
import static dev.priz.protocol.Wire.heap;
import static dev.priz.protocol.Wire.hex;
import static dev.priz.protocol.Wire.join;
import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.protocol.Endpoint.Outcome;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Feeds one input in many ways, which must all come to the same. */
final class Splits {
  private static final int ALL_SPLITS_UP_TO_BYTES = 700;

  private Splits() {}

  /** {@link #assertSameWhenSplit(Supplier, byte[])} on a connection with default limits. */
  static Outcome assertSameWhenSplit(Side side, byte[] input) {
    return assertSameWhenSplit(() -> Endpoint.open(side), input);
  }

  /**
   * Feeds the input whole, from the heap and from outside it, byte by byte, and in two parts.
   *
   * @param endpoints gives a new one at each call, all the same
   * @return what each way came to
   */
  static Outcome assertSameWhenSplit(Supplier<Endpoint> endpoints, byte[] input) {
    Outcome whole = endpoints.get().receive(heap(input)).outcome();

    assertThat(endpoints.get().receive(direct(input)).outcome()).as("off heap").isEqualTo(whole);
    assertThat(byteByByte(endpoints.get(), input)).as("byte by byte").isEqualTo(whole);
    splitPoints(input.length).forEach(at -> assertSameInTwo(endpoints.get(), input, at, whole));
    return whole;
  }

  /**
   * Feeds the input in many ways to a connection with default limits, which must fail: one event
   * that says so, one Close frame, nothing else.
   */
  static Outcome assertFailsWhenSplit(Side side, Violation violation, byte[] input) {
    return assertFailsWhenSplit(() -> Endpoint.open(side), side, violation, input);
  }

  /** {@link #assertFailsWhenSplit(Side, Violation, byte[])} on other connections. */
  static Outcome assertFailsWhenSplit(
      Supplier<Endpoint> endpoints, Side side, Violation violation, byte[] input) {
    Outcome outcome = assertSameWhenSplit(endpoints, input);

    assertThat(outcome.events()).singleElement().isInstanceOf(Failed.class);
    assertThat(outcome.violation()).isEqualTo(violation);
    assertThat(outcome.output()).isEqualTo(hex(closeFrame(side, violation)));
    assertThat(outcome.state()).isEqualTo(State.DRAINING);
    assertThat(outcome.endsOutput()).isTrue();
    assertThat(outcome.closed().code()).isEqualTo(violation.closeCode());
    return outcome;
  }

  /** The frame with which this side tells its peer that it broke a rule. */
  static byte[] closeFrame(Side side, Violation violation) {
    byte[] reason = utf8(violation.text());
    int code = violation.closeCode();
    byte[] payload = join(new byte[] {(byte) (code >> 8), (byte) code}, reason);
    return frameFrom(side, "88 %02x".formatted(payload.length), payload);
  }

  private static Outcome byteByByte(Endpoint endpoint, byte[] input) {
    for (byte next : input) endpoint.receive(new byte[] {next});
    return endpoint.outcome();
  }

  private static void assertSameInTwo(Endpoint endpoint, byte[] input, int at, Outcome whole) {
    endpoint.receive(heap(Arrays.copyOfRange(input, 0, at)));
    endpoint.receive(direct(Arrays.copyOfRange(input, at, input.length)));
    assertThat(endpoint.outcome()).as("split at %d of %d", at, input.length).isEqualTo(whole);
  }

  // A long input is split everywhere near its ends, where the headers are, and here and there
  // between.
  private static IntStream splitPoints(int length) {
    if (length <= ALL_SPLITS_UP_TO_BYTES) return IntStream.range(1, length);
    int step = length / 29;
    return IntStream.range(1, length).filter(at -> at < 20 || at > length - 20 || at % step == 0);
  }
}
