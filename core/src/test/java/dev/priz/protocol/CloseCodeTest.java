package dev.priz.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CloseCodeTest {
  @ParameterizedTest
  @ValueSource(
      ints = {1000, 1001, 1002, 1003, 1007, 1008, 1011, 1013, 1014, 3000, 3999, 4000, 4999})
  void mayBeOnTheWire(int code) {
    assertThat(CloseCode.isAllowedOnWire(code)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 999, 1004, 1005, 1006, 1015, 1016, 2000, 2999, 5000, 65535})
  void mayNotBeOnTheWire(int code) {
    assertThat(CloseCode.isAllowedOnWire(code)).isFalse();
  }

  @Test
  void keepsTheTwoOffTheWireThatOnlyDescribeAnEnd() {
    assertThat(CloseCode.isAllowedOnWire(CloseCode.NO_STATUS)).isFalse();
    assertThat(CloseCode.isAllowedOnWire(CloseCode.ABNORMAL)).isFalse();
  }
}
