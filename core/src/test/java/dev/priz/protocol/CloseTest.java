package dev.priz.protocol;

import static dev.priz.protocol.Endpoint.utf8;
import static dev.priz.protocol.Wire.join;
import static dev.priz.protocol.Wire.letters;
import static dev.priz.protocol.Wire.wire;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CloseTest {
  @Test
  void putsTheCodeBeforeTheReason() {
    var close = new Close(1000, "bye");

    assertThat(close.data()).isEqualTo(wire("03 e8 62 79 65"));
    assertThat(close.text()).isEqualTo("bye");
    assertThat(close.opcode()).isEqualTo(Opcode.CLOSE);
  }

  @Test
  void isEmptyWithoutACode() {
    assertThat(Close.EMPTY.data()).isEmpty();
    assertThat(Close.EMPTY).isEqualTo(new Close(1005, ""));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 999, 1004, 1006, 1015, 1016, 2999, 5000, 65535})
  @DisplayName("CL-08 refuses a code that may not be on the wire")
  void refusesACodeThatMayNotBeOnTheWire(int code) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Close(code, ""))
        .withMessage("close code is %d, allowed are 1000-1003, 1007-1014 and 3000-4999", code);
  }

  @Test
  @DisplayName("CL-08 refuses a reason without a code")
  void refusesAReasonWithoutACode() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Close(CloseCode.NO_STATUS, "bye"))
        .withMessage("a reason needs a close code");
  }

  @Test
  @DisplayName("CL-08 takes a reason of 123 bytes and refuses one of 124")
  void limitsTheReasonInBytes() {
    String longest = "é".repeat(61) + "a";

    assertThat(new Close(4000, longest).data()).hasSize(125);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Close(4000, longest + "a"))
        .withMessage("reason is 124 bytes, the limit is 123");
  }

  @Test
  @DisplayName("U-07 refuses a reason with half a surrogate pair")
  void refusesAnUnpairedSurrogate() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Close(1000, "a\uD800"))
        .withMessage("text has an unpaired surrogate at index 1");
  }

  @Test
  void readsItsPayload() {
    byte[] payload = join(wire("0f a0"), utf8("güle güle"));

    assertThat(Close.violationIn(payload)).isNull();
    assertThat(Close.parse(payload)).isEqualTo(new Close(4000, "güle güle"));
  }

  @Test
  void readsAnEmptyPayload() {
    assertThat(Close.violationIn(wire(""))).isNull();
    assertThat(Close.parse(wire(""))).isEqualTo(Close.EMPTY);
  }

  @Test
  void readsTheLongestPayload() {
    byte[] payload = join(wire("03 e8"), letters(123));

    assertThat(Close.violationIn(payload)).isNull();
    assertThat(Close.parse(payload).reason()).hasSize(123);
  }

  @ParameterizedTest
  @ValueSource(strings = {"03", "ff"})
  void findsAPayloadOfOneByte(String payload) {
    assertThat(Close.violationIn(wire(payload))).isEqualTo(Violation.CLOSE_PAYLOAD_TOO_SHORT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"00 00", "03 e7", "03 ed", "03 ee 62 79 65", "13 88", "ff ff"})
  void findsACodeThatMayNotBeOnTheWire(String payload) {
    assertThat(Close.violationIn(wire(payload))).isEqualTo(Violation.CLOSE_CODE_NOT_ALLOWED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"03 e8 c3 28", "03 e8 ff", "03 e8 61 e2 82"})
  void findsAReasonThatIsNotUtf8(String payload) {
    assertThat(Close.violationIn(wire(payload))).isEqualTo(Violation.CLOSE_REASON_NOT_UTF8);
  }
}
