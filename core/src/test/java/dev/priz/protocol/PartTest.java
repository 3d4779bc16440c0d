package dev.priz.protocol;

import static dev.priz.protocol.Wire.wire;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PartTest {
  private static final Part PART = new Part(Opcode.TEXT, wire("61"), false);

  @Test
  void equalsAPartWithTheSameContent() {
    var same = new Part(Opcode.TEXT, wire("61"), false);

    assertThat(PART).isEqualTo(same).hasSameHashCodeAs(same);
  }

  @Test
  void differsFromAPartOfAnotherKindContentOrPlace() {
    var last = new Part(Opcode.TEXT, wire("61"), true);

    assertThat(PART)
        .isNotEqualTo(new Part(Opcode.BINARY, wire("61"), false))
        .isNotEqualTo(new Part(Opcode.TEXT, wire("62"), false))
        .isNotEqualTo(last)
        .isNotEqualTo(new Text("a"));
    assertThat(PART.hashCode()).isNotEqualTo(last.hashCode());
  }

  @Test
  void showsItsSizeAndNotItsContent() {
    assertThat(PART).hasToString("Part[TEXT, 1 bytes]");
    assertThat(new Part(Opcode.BINARY, wire("00 01"), true))
        .hasToString("Part[BINARY, 2 bytes, last]");
  }
}
