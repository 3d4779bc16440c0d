package dev.priz.protocol;

import static dev.priz.protocol.Splits.assertFailsWhenSplit;
import static dev.priz.protocol.Splits.assertSameWhenSplit;
import static dev.priz.protocol.Splits.closeFrame;
import static dev.priz.protocol.Wire.bytes;
import static dev.priz.protocol.Wire.frameTo;
import static dev.priz.protocol.Wire.join;
import static dev.priz.protocol.Wire.repeat;
import static dev.priz.protocol.Wire.wire;
import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.protocol.Endpoint.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How {@link Connection} bounds what a peer can make it hold (RFC 6455 §10.4). */
final class ConnectionLimitsTest {
  private static final Limits TEN_BYTES = Limits.DEFAULT.maxMessageBytes(10);
  private static final Timeouts NO_KEEP_ALIVE =
      Timeouts.DEFAULT.keepAlive(Duration.ZERO, Duration.ofSeconds(1));

  @ParameterizedTest
  @CsvSource({
    "CLIENT, 82 7f 00 00 00 00 7f ff ff ff, 2147483647",
    "CLIENT, 02 7f 7f ff ff ff ff ff ff ff, 9223372036854775807",
    "SERVER, 82 ff 00 00 00 00 7f ff ff ff 00 00 00 00, 2147483647",
    "SERVER, 82 ff 7f ff ff ff ff ff ff ff 00 00 00 00, 9223372036854775807"
  })
  @DisplayName("FR-06 refuses a message that is too big at its header")
  void refusesAMessageThatIsTooBigAtItsHeader(Side side, String header, String length) {
    Outcome outcome = assertFailsWhenSplit(side, Violation.MESSAGE_TOO_BIG, wire(header));

    assertThat(outcome.events())
        .containsExactly(
            new Failed(
                Violation.MESSAGE_TOO_BIG,
                "message is at least " + length + " bytes, the limit is 1048576"));
  }

  @ParameterizedTest
  @CsvSource({
    "CLIENT, 80 7f 7f ff ff ff ff ff ff ff",
    "SERVER, 80 ff 7f ff ff ff ff ff ff ff 00 00 00 00"
  })
  void saysHowBigAMessageIsBeyondAllNumbers(Side side, String header) {
    byte[] input = join(frameTo(side, "02 01", "61"), wire(header));

    assertThat(assertSameWhenSplit(side, input).events())
        .containsExactly(
            new Failed(
                Violation.MESSAGE_TOO_BIG,
                "message is at least 9223372036854775808 bytes, the limit is 1048576"));
  }

  @ParameterizedTest
  @CsvSource({"9, 82 09", "10, 82 0a"})
  @DisplayName("FR-07 receives a message of the limit, in one frame")
  void receivesAMessageOfTheLimit(int length, String head) {
    for (Side side : Side.values()) {
      Outcome outcome =
          assertSameWhenSplit(
              () -> Endpoint.open(side, TEN_BYTES), frameTo(side, head, bytes(length)));

      assertThat(outcome.events()).containsExactly(new Binary(bytes(length)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"82 0b", "81 0b", "02 0b", "82 7e 10 00"})
  @DisplayName("FR-07 refuses a message over the limit, in one frame")
  void refusesAMessageOverTheLimit(String head) {
    for (Side side : Side.values()) {
      assertFailsWhenSplit(
          () -> Endpoint.open(side, TEN_BYTES),
          side,
          Violation.MESSAGE_TOO_BIG,
          frameTo(side, head, ""));
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("FR-07 limits the sum of all fragments")
  void limitsTheSumOfAllFragments(Side side) {
    byte[] nine = join(frameTo(side, "02 04", bytes(4)), frameTo(side, "00 05", bytes(5)));

    Outcome atLimit =
        assertSameWhenSplit(
            () -> Endpoint.open(side, TEN_BYTES), join(nine, frameTo(side, "80 01", "ff")));

    assertThat(atLimit.events()).containsExactly(new Binary(join(bytes(4), bytes(5), wire("ff"))));
    assertFailsWhenSplit(
        () -> Endpoint.open(side, TEN_BYTES),
        side,
        Violation.MESSAGE_TOO_BIG,
        join(nine, frameTo(side, "80 02", "")));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("FR-17, RS-04 takes 1,024 fragments and refuses one more")
  void limitsTheNumberOfFragments(Side side) {
    byte[] almost = join(frameTo(side, "02 01", "61"), repeat(1_022, frameTo(side, "00 01", "61")));
    byte[] last = frameTo(side, "80 01", "61");
    byte[] onceMore = frameTo(side, "00 01", "61");

    Outcome atLimit = assertSameWhenSplit(side, join(almost, last));
    Outcome overLimit =
        assertFailsWhenSplit(side, Violation.TOO_MANY_FRAGMENTS, join(almost, onceMore, last));

    assertThat(atLimit.events()).containsExactly(new Binary(repeat(1_024, wire("61"))));
    assertThat(overLimit.events())
        .containsExactly(
            new Failed(Violation.TOO_MANY_FRAGMENTS, "message has over 1024 fragments"));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("RS-05 counts empty fragments too")
  void countsEmptyFragments(Side side) {
    byte[] input = join(frameTo(side, "01 00", ""), repeat(3, frameTo(side, "00 00", "")));

    assertFailsWhenSplit(
        () -> Endpoint.open(side, Limits.DEFAULT.maxFragments(3)),
        side,
        Violation.TOO_MANY_FRAGMENTS,
        input);
  }

  @ParameterizedTest
  @EnumSource
  void countsNoControlFramesAsFragments(Side side) {
    byte[] input =
        join(
            frameTo(side, "02 01", "61"),
            repeat(5, frameTo(side, "8a 00", "")),
            frameTo(side, "80 01", "62"));

    Outcome outcome =
        assertSameWhenSplit(
            () -> Endpoint.open(side, Limits.DEFAULT.maxFragments(2).maxMessageBytes(2)), input);

    assertThat(outcome.events()).last().isEqualTo(new Binary(wire("61 62")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"82", "82 05 61", "01 01 61", "02 00", "89 05 61"})
  @DisplayName("RS-07 fails a message that does not become whole in 30 seconds")
  void failsAMessageThatStaysIncomplete(String input) {
    Endpoint client = Endpoint.open(Side.CLIENT, NO_KEEP_ALIVE).receive(wire(input));
    client.clock.advance(Duration.ofSeconds(30).minusNanos(1));
    client.timeout();
    assertThat(client.state()).isEqualTo(State.OPEN);

    client.timeoutAtDeadline();

    assertThat(client.events)
        .containsExactly(new Failed(Violation.MESSAGE_TOO_SLOW, "message incomplete for too long"));
    assertThat(client.takeOutput()).isEqualTo(closeFrame(Side.CLIENT, Violation.MESSAGE_TOO_SLOW));
    assertThat(client.closed().code()).isEqualTo(1008);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("RS-07 counts from the first byte, however many trickle in")
  void countsFromTheFirstByteOfAMessage(Side side) {
    Endpoint endpoint = Endpoint.open(side);
    endpoint.receive(frameTo(side, "02 01", "61"));

    for (int second = 0; second < 29; second++) {
      endpoint.clock.advanceSeconds(1);
      endpoint.receive(frameTo(side, "00 01", "61"));
      endpoint.timeout();
    }
    assertThat(endpoint.state()).isEqualTo(State.OPEN);
    endpoint.clock.advanceSeconds(1);
    endpoint.timeout();

    assertThat(endpoint.violation()).isEqualTo(Violation.MESSAGE_TOO_SLOW);
  }

  @ParameterizedTest
  @EnumSource
  void countsOnThroughAControlFrame(Side side) {
    Endpoint endpoint = Endpoint.open(side, NO_KEEP_ALIVE).receive(frameTo(side, "02 01", "61"));
    long deadlineNanos = endpoint.connection.deadlineNanos();
    endpoint.clock.advanceSeconds(9);

    endpoint.receive(frameTo(side, "89 00", ""));

    assertThat(endpoint.connection.deadlineNanos()).isEqualTo(deadlineNanos);
  }

  @ParameterizedTest
  @EnumSource
  void countsAnewForEachMessage(Side side) {
    Endpoint endpoint = Endpoint.open(side, NO_KEEP_ALIVE);
    endpoint.receive(frameTo(side, "02 01", "61"), frameTo(side, "80 00", ""));
    assertThat(endpoint.connection.deadlineNanos()).isEqualTo(Connection.NO_DEADLINE);
    endpoint.clock.advanceSeconds(9);

    endpoint.receive(frameTo(side, "02 01", "61"));

    assertThat(endpoint.connection.deadlineNanos())
        .isEqualTo(endpoint.clock.nowNanos() + Duration.ofSeconds(30).toNanos());
  }

  @ParameterizedTest
  @CsvSource({"25, 30, 25", "25, 20, 20", "20, 20, 20"})
  void namesTheNearerOfTwoDeadlines(int pingSeconds, int messageSeconds, int nearerSeconds) {
    Timeouts timeouts =
        Timeouts.DEFAULT
            .keepAlive(Duration.ofSeconds(pingSeconds), Duration.ofSeconds(1))
            .message(Duration.ofSeconds(messageSeconds));
    Endpoint client = Endpoint.open(Side.CLIENT, timeouts).receive(wire("82"));

    assertThat(client.connection.deadlineNanos())
        .isEqualTo(client.clock.nowNanos() + Duration.ofSeconds(nearerSeconds).toNanos());
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, -40_000_000_000L, -1, 0, Long.MAX_VALUE - 22_000_000_000L})
  void namesTheDeadlineOfAMessageWhateverTheClockSays(long startNanos) {
    Timeouts timeouts = Timeouts.DEFAULT.message(Duration.ofSeconds(20));
    Endpoint with =
        Endpoint.open(Side.CLIENT, timeouts, new FakeClock(startNanos)).receive(wire("82"));
    Endpoint without =
        Endpoint.open(
                Side.CLIENT,
                timeouts.keepAlive(Duration.ZERO, Duration.ofSeconds(1)),
                new FakeClock(startNanos))
            .receive(wire("82"));

    long deadlineNanos = startNanos + 20_000_000_000L;
    assertThat(with.connection.deadlineNanos()).isEqualTo(deadlineNanos);
    assertThat(without.connection.deadlineNanos()).isEqualTo(deadlineNanos);
  }

  @ParameterizedTest
  @EnumSource
  void holdsItsDeadlinesWhereTheClockWrapsAround(Side side) {
    var clock = new FakeClock(Long.MAX_VALUE - 10_000_000_000L);
    Endpoint endpoint = Endpoint.open(side, Timeouts.DEFAULT, clock).receive(wire("82"));

    clock.advance(Duration.ofSeconds(24));
    endpoint.timeout();
    assertThat(endpoint.takeOutput()).isEmpty();
    clock.advance(Duration.ofSeconds(1));
    endpoint.timeout();
    assertThat(endpoint.takeOutput()).hasSizeGreaterThan(9);
    clock.advance(Duration.ofSeconds(5));
    endpoint.timeout();

    assertThat(endpoint.violation()).isEqualTo(Violation.MESSAGE_TOO_SLOW);
  }
}
