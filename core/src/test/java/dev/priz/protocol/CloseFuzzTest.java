package dev.priz.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;

/** What a Close frame can carry: a payload is refused, or read into a frame of the same payload. */
final class CloseFuzzTest {
  private static final int MAX_PAYLOAD_BYTES = 125;

  private final ReferenceUtf8 utf8 = new ReferenceUtf8();

  @FuzzTest
  void isRefusedOrReadAsItIs(byte[] bytes) {
    byte[] payload = Arrays.copyOf(bytes, Math.min(bytes.length, MAX_PAYLOAD_BYTES));

    Violation violation = Close.violationIn(payload);

    assertThat(violation).isEqualTo(expected(payload));
    if (violation == null) {
      assertThat(Close.parse(payload).data()).isEqualTo(payload);
    } else if (violation == Violation.CLOSE_CODE_NOT_ALLOWED && code(payload) != 1005) {
      assertThatThrownBy(() -> new Close(code(payload), ""))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private Violation expected(byte[] payload) {
    if (payload.length == 0) return null;
    if (payload.length == 1) return Violation.CLOSE_PAYLOAD_TOO_SHORT;
    int code = code(payload);
    boolean standard = code >= 1000 && code <= 1014 && (code < 1004 || code > 1006);
    if (!standard && (code < 3000 || code > 4999)) return Violation.CLOSE_CODE_NOT_ALLOWED;
    byte[] reason = Arrays.copyOfRange(payload, 2, payload.length);
    return utf8.isValid(reason) ? null : Violation.CLOSE_REASON_NOT_UTF8;
  }

  private static int code(byte[] payload) {
    return (payload[0] & 0xFF) * 256 + (payload[1] & 0xFF);
  }
}
