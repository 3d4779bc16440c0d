package dev.priz.protocol;

import static dev.priz.protocol.Endpoint.utf8;
import static dev.priz.protocol.Splits.assertFailsWhenSplit;
import static dev.priz.protocol.Splits.assertSameWhenSplit;
import static dev.priz.protocol.Wire.frameFrom;
import static dev.priz.protocol.Wire.frameTo;
import static dev.priz.protocol.Wire.hex;
import static dev.priz.protocol.Wire.join;
import static dev.priz.protocol.Wire.wire;
import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.protocol.Endpoint.Outcome;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How {@link Connection} puts fragments together (RFC 6455 §5.4). */
final class ConnectionFragmentsTest {
  @ParameterizedTest
  @EnumSource
  void putsFragmentsTogether(Side side) {
    byte[] input =
        join(
            frameTo(side, "01 03", "48 65 6c"),
            frameTo(side, "00 01", "6c"),
            frameTo(side, "80 01", "6f"));

    assertThat(assertSameWhenSplit(side, input).events()).containsExactly(new Text("Hello"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"80 00", "00 00", "80 02 61 62", "00 02 61 62"})
  @DisplayName("FR-13 refuses a continuation of nothing")
  void refusesAContinuationOfNothing(String frame) {
    for (Side side : Side.values()) {
      byte[] input = frameTo(side, frame.substring(0, 5), frame.substring(5));

      Outcome outcome = assertFailsWhenSplit(side, Violation.UNEXPECTED_CONTINUATION, input);

      assertThat(outcome.events())
          .containsExactly(
              new Failed(
                  Violation.UNEXPECTED_CONTINUATION,
                  "continuation of no message (opcode CONTINUATION)"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesAContinuationAfterTheLastFragment(Side side) {
    byte[] input =
        join(
            frameTo(side, "01 01", "61"),
            frameTo(side, "80 01", "62"),
            frameTo(side, "80 01", "63"));

    Outcome outcome = assertSameWhenSplit(side, input);

    assertThat(outcome.events()).first().isEqualTo(new Text("ab"));
    assertThat(outcome.violation()).isEqualTo(Violation.UNEXPECTED_CONTINUATION);
  }

  @ParameterizedTest
  @CsvSource({"01, 81, TEXT", "01, 82, BINARY", "02, 01, TEXT", "02, 82, BINARY"})
  @DisplayName("FR-14 refuses a new message inside another")
  void refusesANewMessageInsideAnother(String first, String second, String opcode) {
    for (Side side : Side.values()) {
      byte[] input = join(frameTo(side, first + "01", "61"), frameTo(side, second + "01", "62"));

      Outcome outcome = assertFailsWhenSplit(side, Violation.INTERLEAVED_MESSAGE, input);

      assertThat(outcome.events())
          .containsExactly(
              new Failed(
                  Violation.INTERLEAVED_MESSAGE,
                  "new message inside another (opcode " + opcode + ")"));
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("FR-15 answers a Ping between fragments at once")
  void answersAPingBetweenFragments(Side side) {
    byte[] input =
        join(
            frameTo(side, "01 03", "48 65 6c"),
            frameTo(side, "89 02", "01 02"),
            frameTo(side, "00 00", ""),
            frameTo(side, "8a 01", "03"),
            frameTo(side, "80 02", "6c 6f"));

    Outcome outcome = assertSameWhenSplit(side, input);

    assertThat(outcome.events())
        .containsExactly(new Ping(wire("01 02")), new Pong(wire("03")), new Text("Hello"));
    assertThat(outcome.output()).isEqualTo(hex(frameFrom(side, "8a 02", "01 02")));
  }

  @ParameterizedTest
  @EnumSource
  void hasAnsweredThePingBeforeTheMessageEnds(Side side) {
    Endpoint endpoint = Endpoint.open(side);

    endpoint.receive(frameTo(side, "01 01", "61"), frameTo(side, "89 00", ""));

    assertThat(endpoint.takeOutput()).isEqualTo(frameFrom(side, "8a 00", ""));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("FR-16 takes empty fragments for an empty message")
  void takesEmptyFragmentsForAnEmptyMessage(Side side) {
    byte[] text = join(frameTo(side, "01 00", ""), frameTo(side, "80 00", ""));
    byte[] binary =
        join(frameTo(side, "02 00", ""), frameTo(side, "00 00", ""), frameTo(side, "80 00", ""));

    assertThat(assertSameWhenSplit(side, join(text, binary)).events())
        .containsExactly(new Text(""), new Binary(wire("")));
  }

  @Test
  @DisplayName("FR-18 takes another mask key for each fragment")
  void takesAnotherMaskKeyForEachFragment() {
    byte[] input =
        wire("01 83 48 65 6c 6c  00 00 00    80 82 00 00 00 ff  6c 6f    81 81 61 00 00 00  00");

    assertThat(assertSameWhenSplit(Side.SERVER, input).events())
        .containsExactly(new Text("Hello"), new Text("a"));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("U-01 puts a character together that fragments cut in two")
  void putsACharacterTogetherThatFragmentsCut(Side side) {
    String text = "κόσμε€😀";
    byte[] bytes = utf8(text);
    for (int at = 0; at <= bytes.length; at++) {
      byte[] input =
          join(
              frameTo(side, "01 %02x".formatted(at), Arrays.copyOf(bytes, at)),
              frameTo(
                  side,
                  "80 %02x".formatted(bytes.length - at),
                  Arrays.copyOfRange(bytes, at, bytes.length)));

      assertThat(assertSameWhenSplit(side, input).events()).containsExactly(new Text(text));
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("CL-14 takes a Close frame between fragments and drops the message")
  void takesACloseFrameBetweenFragments(Side side) {
    byte[] input =
        join(
            frameTo(side, "01 01", "61"),
            frameTo(side, "88 02", "03 e8"),
            frameTo(side, "80 01", "62"));

    Outcome outcome = assertSameWhenSplit(side, input);

    assertThat(outcome.events()).containsExactly(new Close(1000, ""));
    assertThat(outcome.output()).isEqualTo(hex(frameFrom(side, "88 02", "03 e8")));
  }
}
