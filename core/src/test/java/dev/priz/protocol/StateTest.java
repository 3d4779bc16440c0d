package dev.priz.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StateTest {
  @ParameterizedTest
  @CsvSource({
    "OPEN, CLOSE_SENT",
    "OPEN, ANSWERING",
    "OPEN, DRAINING",
    "OPEN, CLOSED",
    "CLOSE_SENT, DRAINING",
    "CLOSE_SENT, CLOSED",
    "ANSWERING, DRAINING",
    "ANSWERING, CLOSED",
    "DRAINING, CLOSED"
  })
  void onlyGoesOn(State from, State to) {
    assertThat(from.mayBecome(to)).isTrue();
    assertThat(to.mayBecome(from)).isFalse();
    assertThat(from.mayBecome(from)).isFalse();
  }

  @Test
  void hasNothingToAnswerAfterItsOwnCloseFrame() {
    assertThat(State.CLOSE_SENT.mayBecome(State.ANSWERING)).isFalse();
  }

  @Test
  void allowsMessagesUntilACloseFrameIsSent() {
    assertThat(State.values())
        .filteredOn(State::maySend)
        .containsExactly(State.OPEN, State.ANSWERING);
  }
}
