package dev.priz.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.protocol.Closed.By;
import org.junit.jupiter.api.Test;

final class ClosedTest {
  private static final Close BYE = new Close(1000, "bye");

  @Test
  void isCleanAfterBothCloseFrames() {
    assertThat(new Closed(1000, "bye", By.PEER, BYE, BYE, null).isClean()).isTrue();
  }

  @Test
  void isNotCleanWithOneCloseFrameOnly() {
    assertThat(new Closed(1006, "", By.THIS_END, BYE, null, null).isClean()).isFalse();
    assertThat(new Closed(1000, "bye", By.PEER, null, BYE, null).isClean()).isFalse();
  }

  @Test
  void isNotCleanAfterAViolation() {
    var closed = new Closed(1000, "bye", By.THIS_END, BYE, BYE, Violation.RESERVED_BIT);

    assertThat(closed.isClean()).isFalse();
  }

  @Test
  void showsCodeReasonAndWhoBegan() {
    assertThat(new Closed(1000, "bye", By.PEER, BYE, BYE, null))
        .hasToString("1000 \"bye\" by PEER");
    assertThat(new Closed(1006, "", By.NOBODY, null, null, null)).hasToString("1006 by NOBODY");
  }
}
