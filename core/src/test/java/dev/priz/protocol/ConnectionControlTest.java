package dev.priz.protocol;

import static dev.priz.protocol.Splits.assertFailsWhenSplit;
import static dev.priz.protocol.Splits.assertSameWhenSplit;
import static dev.priz.protocol.Wire.bytes;
import static dev.priz.protocol.Wire.frameFrom;
import static dev.priz.protocol.Wire.frameTo;
import static dev.priz.protocol.Wire.heap;
import static dev.priz.protocol.Wire.hex;
import static dev.priz.protocol.Wire.join;
import static dev.priz.protocol.Wire.repeat;
import static dev.priz.protocol.Wire.wire;
import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.protocol.Endpoint.Outcome;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How {@link Connection} takes and answers Pings and Pongs (RFC 6455 §5.5). */
final class ConnectionControlTest {
  @ParameterizedTest
  @CsvSource({"0, 00", "1, 01", "124, 7c", "125, 7d"})
  @DisplayName("FR-19 answers a Ping of each length with its payload")
  void answersAPingWithItsPayload(int length, String lengthOnWire) {
    for (Side side : Side.values()) {
      Outcome outcome =
          assertSameWhenSplit(side, frameTo(side, "89" + lengthOnWire, bytes(length)));

      assertThat(outcome.events()).containsExactly(new Ping(bytes(length)));
      assertThat(outcome.output())
          .isEqualTo(hex(frameFrom(side, "8a" + lengthOnWire, bytes(length))));
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 00", "1, 01", "124, 7c", "125, 7d"})
  @DisplayName("CL-15 takes a Pong that nobody asked for")
  void takesAPongThatNobodyAskedFor(int length, String lengthOnWire) {
    for (Side side : Side.values()) {
      Outcome outcome =
          assertSameWhenSplit(side, frameTo(side, "8a" + lengthOnWire, bytes(length)));

      assertThat(outcome.events()).containsExactly(new Pong(bytes(length)));
      assertThat(outcome.output()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "CLIENT, 89 7e, PING",
    "CLIENT, 89 7e 00 7e 01, PING",
    "CLIENT, 8a 7e, PONG",
    "CLIENT, 88 7f, CLOSE",
    "SERVER, 89 fe 00 7e 00 00 00 00, PING",
    "SERVER, 8a ff, PONG",
    "SERVER, 88 fe, CLOSE"
  })
  @DisplayName("CL-01 refuses a control frame of over 125 bytes at its length")
  void refusesAControlFrameThatIsTooLong(Side side, String input, String opcode) {
    Outcome outcome = assertFailsWhenSplit(side, Violation.CONTROL_TOO_LONG, wire(input));

    assertThat(outcome.events())
        .containsExactly(
            new Failed(
                Violation.CONTROL_TOO_LONG,
                "control frame over 125 bytes (opcode " + opcode + ")"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"08", "09", "0a", "09 80 00 00 00 00", "08 00"})
  @DisplayName("CL-02 refuses a fragmented control frame at its first byte")
  void refusesAFragmentedControlFrame(String input) {
    for (Side side : Side.values()) {
      assertFailsWhenSplit(side, Violation.FRAGMENTED_CONTROL, wire(input));
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("CL-16 answers only the newest of many Pings while the output waits")
  void answersOnlyTheNewestPing(Side side) {
    Connection connection = Endpoint.open(side).connection;
    ByteBuffer in =
        heap(join(repeat(50, frameTo(side, "89 01", "01")), frameTo(side, "89 01", "02")));

    while (in.hasRemaining()) {
      assertThat(connection.receive(in, 0)).isInstanceOf(Ping.class);
    }

    assertThat(poll(connection)).isEqualTo(frameFrom(side, "8a 01", "02"));
    assertThat(connection.hasOutput()).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("CL-16 fails a peer that sends too many Pings and Pongs")
  void failsAPeerThatSendsTooManyControlFrames(Side side) {
    Limits limits = Limits.DEFAULT.controlFrames(2, 5);
    byte[] ping = frameTo(side, "89 00", "");
    byte[] pong = frameTo(side, "8a 00", "");

    Outcome atLimit =
        assertSameWhenSplit(
            () -> Endpoint.open(side, limits), join(repeat(3, ping), repeat(2, pong)));
    Outcome overLimit =
        assertSameWhenSplit(
            () -> Endpoint.open(side, limits), join(repeat(3, ping), repeat(3, pong)));

    assertThat(atLimit.events()).hasSize(5);
    assertThat(atLimit.state()).isEqualTo(State.OPEN);
    assertThat(overLimit.events())
        .hasSize(6)
        .last()
        .isEqualTo(
            new Failed(Violation.TOO_MANY_CONTROL_FRAMES, "over 2 pings and pongs a second"));
  }

  @ParameterizedTest
  @EnumSource
  void letsAPeerPingForEverAtTheRate(Side side) {
    Endpoint endpoint = Endpoint.open(side, Limits.DEFAULT.controlFrames(1, 1));

    for (int second = 0; second < 100; second++) {
      endpoint.receive(frameTo(side, "89 00", ""));
      endpoint.clock.advanceSeconds(1);
    }

    assertThat(endpoint.events).hasSize(100).hasOnlyElementsOfType(Ping.class);
  }

  @ParameterizedTest
  @EnumSource
  void leavesPingsToTheApplicationIfItIsToldTo(Side side) {
    Endpoint endpoint = Endpoint.open(side);
    endpoint.connection.answersPings(false);

    endpoint.receive(frameTo(side, "89 01", "01"));

    assertThat(endpoint.events).containsExactly(new Ping(wire("01")));
    assertThat(endpoint.takeOutput()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void answersPingsAgainIfItIsToldTo(Side side) {
    Endpoint endpoint = Endpoint.open(side);
    endpoint.connection.answersPings(false);
    endpoint.connection.answersPings(true);

    endpoint.receive(frameTo(side, "89 01", "01"));

    assertThat(endpoint.takeOutput()).isEqualTo(frameFrom(side, "8a 01", "01"));
  }

  @ParameterizedTest
  @EnumSource
  void answersWithThePingEvenIfTheApplicationChangesTheEvent(Side side) {
    Connection connection = Endpoint.open(side).connection;
    Event event = connection.receive(heap(frameTo(side, "89 01", "01")), 0);

    ((Ping) event).data()[0] = 9;

    assertThat(poll(connection)).isEqualTo(frameFrom(side, "8a 01", "01"));
  }

  @ParameterizedTest
  @EnumSource
  void writesThePongBeforeTheCloseFrame(Side side) {
    Connection connection = Endpoint.open(side).connection;
    connection.receive(heap(frameTo(side, "89 01", "01")), 0);

    connection.close(Close.EMPTY, 0);

    assertThat(poll(connection))
        .isEqualTo(join(frameFrom(side, "8a 01", "01"), frameFrom(side, "88 00", "")));
  }

  private static byte[] poll(Connection connection) {
    ByteBuffer out = ByteBuffer.allocate(Connection.MAX_POLL_BYTES);
    connection.poll(out);
    byte[] written = new byte[out.flip().remaining()];
    out.get(written);
    return written;
  }
}
