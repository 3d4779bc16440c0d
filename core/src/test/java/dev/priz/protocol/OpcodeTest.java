package dev.priz.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OpcodeTest {
  @ParameterizedTest
  @CsvSource({"CONTINUATION, 0", "TEXT, 1", "BINARY, 2", "CLOSE, 8", "PING, 9", "PONG, 10"})
  void hasTheNumberOfTheRfc(Opcode opcode, int code) {
    assertThat(opcode.code()).isEqualTo(code);
    assertThat(Opcode.of(code)).isSameAs(opcode);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5, 6, 7, 11, 12, 13, 14, 15})
  void knowsNoneWithAReservedNumber(int code) {
    assertThat(Opcode.of(code)).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void isFoundByTheFirstByteOfAFrame(Opcode opcode) {
    assertThat(Opcode.of(0x80 | opcode.code())).isSameAs(opcode);
  }

  @Test
  void tellsControlFramesFromData() {
    assertThat(Opcode.values())
        .filteredOn(Opcode::isControl)
        .containsExactly(Opcode.CLOSE, Opcode.PING, Opcode.PONG);
  }
}
