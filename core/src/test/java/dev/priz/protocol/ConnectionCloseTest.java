package dev.priz.protocol;

import static dev.priz.protocol.Endpoint.utf8;
import static dev.priz.protocol.Splits.assertFailsWhenSplit;
import static dev.priz.protocol.Splits.assertSameWhenSplit;
import static dev.priz.protocol.Wire.frameFrom;
import static dev.priz.protocol.Wire.frameTo;
import static dev.priz.protocol.Wire.hex;
import static dev.priz.protocol.Wire.join;
import static dev.priz.protocol.Wire.letters;
import static dev.priz.protocol.Wire.wire;
import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.protocol.Closed.By;
import dev.priz.protocol.Endpoint.Outcome;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How {@link Connection} goes through the closing handshake (RFC 6455 §5.5.1 and §7). */
final class ConnectionCloseTest {
  private static final Close BYE = new Close(1000, "bye");

  @ParameterizedTest
  @EnumSource
  void answersACloseFrameWithItsCode(Side side) {
    Outcome outcome = assertSameWhenSplit(side, frameTo(side, "88 05", "03 e8 62 79 65"));

    assertThat(outcome.events()).containsExactly(BYE);
    assertThat(outcome.output()).isEqualTo(hex(frameFrom(side, "88 02", "03 e8")));
    assertThat(outcome.state()).isEqualTo(State.DRAINING);
    assertThat(outcome.closed())
        .isEqualTo(new Closed(1000, "bye", By.PEER, new Close(1000, ""), BYE, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"03", "00", "ff"})
  @DisplayName("CL-03 refuses a Close frame with one byte")
  void refusesACloseFrameWithOneByte(String payload) {
    for (Side side : Side.values()) {
      assertFailsWhenSplit(
          side, Violation.CLOSE_PAYLOAD_TOO_SHORT, frameTo(side, "88 01", payload));
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("CL-04 answers an empty Close frame with an empty one")
  void answersAnEmptyCloseFrameWithAnEmptyOne(Side side) {
    Outcome outcome = assertSameWhenSplit(side, frameTo(side, "88 00", ""));

    assertThat(outcome.events()).containsExactly(Close.EMPTY);
    assertThat(outcome.output()).isEqualTo(hex(frameFrom(side, "88 00", "")));
    assertThat(outcome.closed().code()).isEqualTo(1005);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 32768, 65535})
  @DisplayName("CL-05 refuses a code that may not be on the wire")
  void refusesACodeThatMayNotBeOnTheWire(int code) {
    for (Side side : Side.values()) {
      assertFailsWhenSplit(
          side, Violation.CLOSE_CODE_NOT_ALLOWED, frameTo(side, "88 02", "%04x".formatted(code)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000,
        4999
      })
  @DisplayName("CL-06 echoes a code that may be on the wire")
  void echoesACodeThatMayBeOnTheWire(int code) {
    String codeOnWire = "%04x".formatted(code);
    for (Side side : Side.values()) {
      Outcome outcome = assertSameWhenSplit(side, frameTo(side, "88 02", codeOnWire));

      assertThat(outcome.output()).isEqualTo(hex(frameFrom(side, "88 02", codeOnWire)));
      assertThat(outcome.closed().code()).isEqualTo(code);
    }
  }

  @ParameterizedTest
  @CsvSource({"88 04, 03 e8 c3 28", "88 03, 03 e8 ff", "88 05, 03 e8 61 e2 82"})
  @DisplayName("CL-07 refuses a reason that is not UTF-8")
  void refusesAReasonThatIsNotUtf8(String head, String payload) {
    for (Side side : Side.values()) {
      assertFailsWhenSplit(side, Violation.CLOSE_REASON_NOT_UTF8, frameTo(side, head, payload));
    }
  }

  @ParameterizedTest
  @EnumSource
  void receivesTheLongestReason(Side side) {
    byte[] input = frameTo(side, "88 7d", join(wire("0f a0"), letters(123)));

    assertThat(assertSameWhenSplit(side, input).events())
        .containsExactly(new Close(4000, "a".repeat(123)));
  }

  @ParameterizedTest
  @EnumSource
  void beginsTheClosingHandshake(Side side) {
    Endpoint endpoint = Endpoint.open(side);

    endpoint.close(BYE);

    assertThat(endpoint.takeOutput()).isEqualTo(frameFrom(side, "88 05", "03 e8 62 79 65"));
    assertThat(endpoint.state()).isEqualTo(State.CLOSE_SENT);
    assertThat(endpoint.connection.endsOutput()).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("AP-11 sends one Close frame however often it is closed")
  void sendsOneCloseFrameHoweverOftenItIsClosed(Side side) {
    Endpoint endpoint = Endpoint.open(side);
    endpoint.close(BYE);
    endpoint.takeOutput();

    endpoint.close(4000, "again");
    endpoint.receive(frameTo(side, "88 02", "03 e8"));
    endpoint.close(4000, "again");
    endpoint.connection.receiveEnd();
    endpoint.close(4000, "again");

    assertThat(endpoint.takeOutput()).isEmpty();
    assertThat(endpoint.closed().sent()).isEqualTo(BYE);
  }

  @ParameterizedTest
  @EnumSource
  void receivesMessagesUntilTheAnswerToItsCloseFrame(Side side) {
    byte[] input =
        join(
            frameTo(side, "81 02", "68 69"),
            frameTo(side, "01 01", "61"),
            frameTo(side, "80 01", "62"),
            frameTo(side, "88 02", "03 e8"));

    Outcome outcome = assertSameWhenSplit(() -> closing(side), input);

    assertThat(outcome.events())
        .containsExactly(new Text("hi"), new Text("ab"), new Close(1000, ""));
    assertThat(outcome.output()).isEmpty();
    assertThat(outcome.state()).isEqualTo(State.DRAINING);
    assertThat(outcome.closed())
        .isEqualTo(new Closed(1000, "", By.THIS_END, BYE, new Close(1000, ""), null));
  }

  // RFC 6455 §5.5.2: a Ping is answered "unless it already received a Close frame"; §5.5.1 forbids
  // only data frames after the own Close frame.
  @ParameterizedTest
  @EnumSource
  void answersPingsUntilTheAnswerToItsCloseFrame(Side side) {
    byte[] input =
        join(
            frameTo(side, "89 01", "01"),
            frameTo(side, "88 02", "03 e8"),
            frameTo(side, "89 01", "02"));

    Outcome outcome = assertSameWhenSplit(() -> closing(side), input);

    assertThat(outcome.output()).isEqualTo(hex(frameFrom(side, "8a 01", "01")));
  }

  @ParameterizedTest
  @EnumSource
  void failsDuringItsClosingHandshakeWithoutASecondCloseFrame(Side side) {
    Outcome outcome = assertSameWhenSplit(() -> closing(side), wire("83"));

    assertThat(outcome.violation()).isEqualTo(Violation.RESERVED_OPCODE);
    assertThat(outcome.output()).isEmpty();
    assertThat(outcome.endsOutput()).isTrue();
    assertThat(outcome.closed().code()).isEqualTo(1002);
    assertThat(outcome.closed().sent()).isEqualTo(BYE);
  }

  @ParameterizedTest
  @EnumSource
  void sendsTheReasonInUtf8(Side side) {
    Endpoint endpoint = Endpoint.open(side);

    endpoint.close(4000, "güle güle");

    assertThat(endpoint.takeOutput())
        .isEqualTo(frameFrom(side, "88 0d", join(wire("0f a0"), utf8("güle güle"))));
  }

  private static Endpoint closing(Side side) {
    Endpoint endpoint = Endpoint.open(side);
    endpoint.close(BYE);
    endpoint.takeOutput();
    return endpoint;
  }
}
