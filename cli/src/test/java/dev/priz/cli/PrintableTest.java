package dev.priz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {
  @Test
  void joinsLines() {
    assertThat(Printable.line("first \r\n\n  second\n")).isEqualTo("first second");
  }

  @Test
  void replacesWhatSteersTerminals() {
    assertThat(Printable.lines("red \u001b[31m\u0007\rend\u009b2J")).isEqualTo("red �[31m��end�2J");
  }

  @Test
  void keepsLinesAndTabs() {
    assertThat(Printable.lines("a\tb\nçığ 🙂")).isEqualTo("a\tb\nçığ 🙂");
  }

  @Test
  void showsTheFirstBytes() {
    assertThat(Printable.hex(new byte[33])).isEqualTo("00 ".repeat(32) + "...");
    assertThat(Printable.hex(new byte[] {1, (byte) 0xab})).isEqualTo("01 ab");
  }
}
