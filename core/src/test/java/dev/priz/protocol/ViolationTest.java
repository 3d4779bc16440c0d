package dev.priz.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class ViolationTest {
  @ParameterizedTest
  @EnumSource
  void fitsIntoACloseFrame(Violation violation) {
    var close = new Close(violation.closeCode(), violation.text());

    assertThat(close.data()).hasSizeBetween(3, 125);
  }

  @ParameterizedTest
  @EnumSource
  void namesItsSection(Violation violation) {
    assertThat(violation.section()).matches("RFC (6455|7692) §\\d+(\\.\\d+)*");
  }

  @ParameterizedTest
  @CsvSource({
    "RESERVED_BIT, 1002",
    "RESERVED_OPCODE, 1002",
    "UNMASKED_FRAME, 1002",
    "MASKED_FRAME, 1002",
    "LENGTH_NOT_MINIMAL, 1002",
    "LENGTH_NEGATIVE, 1002",
    "FRAGMENTED_CONTROL, 1002",
    "CONTROL_TOO_LONG, 1002",
    "UNEXPECTED_CONTINUATION, 1002",
    "INTERLEAVED_MESSAGE, 1002",
    "CLOSE_PAYLOAD_TOO_SHORT, 1002",
    "CLOSE_CODE_NOT_ALLOWED, 1002",
    "CLOSE_REASON_NOT_UTF8, 1007",
    "TEXT_NOT_UTF8, 1007",
    "DEFLATE_MALFORMED, 1007",
    "DEFLATE_TOO_BIG, 1009",
    "DEFLATE_RATIO, 1009",
    "DEFLATE_WORK, 1009",
    "MESSAGE_TOO_BIG, 1009",
    "TOO_MANY_FRAGMENTS, 1009",
    "TOO_MANY_CONTROL_FRAMES, 1008",
    "MESSAGE_TOO_SLOW, 1008",
    "OVERLOAD, 1013",
    "KEEP_ALIVE_TIMEOUT, 1011"
  })
  void isAnsweredWithItsCloseCode(Violation violation, int closeCode) {
    assertThat(violation.closeCode()).isEqualTo(closeCode);
  }
}
