package dev.priz.protocol;

import static dev.priz.protocol.Splits.assertFailsWhenSplit;
import static dev.priz.protocol.Wire.bytes;
import static dev.priz.protocol.Wire.frameFrom;
import static dev.priz.protocol.Wire.frameTo;
import static dev.priz.protocol.Wire.join;
import static dev.priz.protocol.Wire.repeat;
import static dev.priz.protocol.Wire.wire;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How {@link Connection} hands out messages in parts. */
final class ConnectionStreamTest {
  @ParameterizedTest
  @EnumSource
  void handsOutAFrameInOnePartIfItCameInOneInput(Side side) {
    Endpoint endpoint = streaming(side).receive(frameTo(side, "82 03", "01 02 03"));

    assertThat(endpoint.events).containsExactly(new Part(Opcode.BINARY, wire("01 02 03"), true));
  }

  @ParameterizedTest
  @EnumSource
  void handsOutWhatEachInputHas(Side side) {
    byte[] frame = frameTo(side, "81 05", "48 65 6c 6c 6f");
    int half = frame.length - 3;

    Endpoint endpoint =
        streaming(side)
            .receive(Arrays.copyOf(frame, half), Arrays.copyOfRange(frame, half, frame.length));

    assertThat(endpoint.events)
        .containsExactly(
            new Part(Opcode.TEXT, wire("48 65"), false),
            new Part(Opcode.TEXT, wire("6c 6c 6f"), true));
  }

  @ParameterizedTest
  @EnumSource
  void handsOutFragmentsAsParts(Side side) {
    byte[] input =
        join(
            frameTo(side, "01 01", "61"),
            frameTo(side, "89 00", ""),
            frameTo(side, "00 00", ""),
            frameTo(side, "00 01", "62"),
            frameTo(side, "80 00", ""),
            frameTo(side, "82 00", ""));

    Endpoint endpoint = streaming(side).receive(input);

    assertThat(endpoint.events)
        .containsExactly(
            new Part(Opcode.TEXT, wire("61"), false),
            new Ping(wire("")),
            new Part(Opcode.TEXT, wire("62"), false),
            new Part(Opcode.TEXT, wire(""), true),
            new Part(Opcode.BINARY, wire(""), true));
    assertThat(endpoint.takeOutput()).isEqualTo(frameFrom(side, "8a 00", ""));
  }

  @ParameterizedTest
  @EnumSource
  void handsOutTheSameBytesHoweverTheyAreSplit(Side side) {
    byte[] input =
        join(
            frameTo(side, "02 03", "01 02 03"),
            frameTo(side, "00 7e 00 80", bytes(128)),
            frameTo(side, "80 02", "04 05"));
    byte[] message = join(wire("01 02 03"), bytes(128), wire("04 05"));

    for (int at = 0; at <= input.length; at++) {
      Endpoint endpoint =
          streaming(side)
              .receive(Arrays.copyOf(input, at), Arrays.copyOfRange(input, at, input.length));

      assertIsOneMessage(endpoint.events, message);
    }
  }

  @ParameterizedTest
  @EnumSource
  void cutsACharacterOfTextInTwo(Side side) {
    byte[] input = join(frameTo(side, "01 01", "c3"), frameTo(side, "80 01", "a9"));

    assertThat(streaming(side).receive(input).events)
        .containsExactly(
            new Part(Opcode.TEXT, wire("c3"), false), new Part(Opcode.TEXT, wire("a9"), true));
  }

  @ParameterizedTest
  @EnumSource
  void limitsNeitherSizeNorFragments(Side side) {
    byte[] input =
        join(
            frameTo(side, "02 05", "01 02 03 04 05"),
            repeat(1_000, frameTo(side, "00 05", "01 02 03 04 05")),
            frameTo(side, "80 00", ""));

    Endpoint endpoint = streaming(side).receive(input);

    assertThat(endpoint.state()).isEqualTo(State.OPEN);
    assertIsOneMessage(endpoint.events, repeat(1_001, wire("01 02 03 04 05")));
  }

  @Test
  void takesTheLongestFrameThereIs() {
    Endpoint client = streaming(Side.CLIENT);

    client.receive(wire("82 7f 7f ff ff ff ff ff ff ff"), bytes(1_000), bytes(1_000));

    assertThat(client.events)
        .containsExactly(
            new Part(Opcode.BINARY, bytes(1_000), false),
            new Part(Opcode.BINARY, bytes(1_000), false));
  }

  @ParameterizedTest
  @EnumSource
  void putsNoTimeOnAMessage(Side side) {
    Endpoint endpoint = streaming(side);

    for (int fragment = 0; fragment < 10; fragment++) {
      endpoint.receive(frameTo(side, fragment == 0 ? "02 01" : "00 01", "61"));
      endpoint.clock.advanceSeconds(20);
      endpoint.timeout();
    }

    assertThat(endpoint.state()).isEqualTo(State.OPEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"81 02 c3 28", "01 01 ff", "81 01 c3"})
  void refusesTextThatIsNotUtf8(String frame) {
    Endpoint client = streaming(Side.CLIENT).receive(wire(frame));

    assertThat(client.violation()).isEqualTo(Violation.TEXT_NOT_UTF8);
  }

  @ParameterizedTest
  @EnumSource
  void refusesAContinuationOfNothing(Side side) {
    assertFailsWhenSplit(
        () -> streaming(side),
        side,
        Violation.UNEXPECTED_CONTINUATION,
        frameTo(side, "80 01", "61"));
  }

  @ParameterizedTest
  @EnumSource
  void beginsBetweenTwoMessages(Side side) {
    Endpoint endpoint = Endpoint.open(side).receive(frameTo(side, "82 01", "61"));

    endpoint.connection.streamMessages();
    endpoint.receive(frameTo(side, "82 01", "61"));

    assertThat(endpoint.events)
        .containsExactly(new Binary(wire("61")), new Part(Opcode.BINARY, wire("61"), true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"82", "82 02 61", "02 01 61", "89"})
  void doesNotBeginInsideAMessage(String input) {
    Connection connection = Endpoint.open(Side.CLIENT).receive(wire(input)).connection;

    assertThatIllegalStateException()
        .isThrownBy(connection::streamMessages)
        .withMessage("a message is under way");
  }

  private static void assertIsOneMessage(List<Event> events, byte[] message) {
    var joined = new ByteArrayOutputStream();
    events.forEach(event -> joined.writeBytes(((Part) event).data()));
    assertThat(joined.toByteArray()).isEqualTo(message);
    assertThat(events).filteredOn(event -> ((Part) event).last()).hasSize(1);
    assertThat(((Part) events.getLast()).last()).isTrue();
  }

  private static Endpoint streaming(Side side) {
    return Endpoint.streaming(side, Limits.DEFAULT.maxMessageBytes(4).maxFragments(2));
  }
}
