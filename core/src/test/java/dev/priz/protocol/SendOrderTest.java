package dev.priz.protocol;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class SendOrderTest {
  private final SendOrder order = new SendOrder();

  @Test
  void admitsWholeMessagesOneAfterTheOther() {
    assertThatCode(
            () -> {
              order.admit(State.OPEN, Opcode.TEXT, true, 0);
              order.admit(State.OPEN, Opcode.BINARY, true, Integer.MAX_VALUE);
              order.admit(State.ANSWERING, Opcode.TEXT, true, 1);
            })
        .doesNotThrowAnyException();
  }

  @Test
  void admitsFragmentsWithControlFramesBetween() {
    assertThatCode(
            () -> {
              order.admit(State.OPEN, Opcode.TEXT, false, 1);
              order.admit(State.OPEN, Opcode.PING, true, 125);
              order.admit(State.OPEN, Opcode.CONTINUATION, false, 1);
              order.admit(State.OPEN, Opcode.PONG, true, 0);
              order.admit(State.OPEN, Opcode.CONTINUATION, true, 1);
              order.admit(State.OPEN, Opcode.BINARY, false, 1);
            })
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @EnumSource(names = {"TEXT", "BINARY"})
  void refusesANewMessageInsideAnother(Opcode opcode) {
    order.admit(State.OPEN, Opcode.TEXT, false, 1);

    assertThatIllegalStateException()
        .isThrownBy(() -> order.admit(State.OPEN, opcode, true, 1))
        .withMessage("%s frame before the last fragment of the message before it", opcode);
  }

  @Test
  void refusesAContinuationOfNothing() {
    order.admit(State.OPEN, Opcode.TEXT, true, 1);

    assertThatIllegalStateException()
        .isThrownBy(() -> order.admit(State.OPEN, Opcode.CONTINUATION, true, 1))
        .withMessage("CONTINUATION frame without a message to go on with");
  }

  @ParameterizedTest
  @CsvSource({"CLOSE_SENT, TEXT", "DRAINING, PING", "CLOSED, PONG", "CLOSED, BINARY"})
  void refusesAllFramesOnceNoneMayBeSent(State state, Opcode opcode) {
    assertThatIllegalStateException()
        .isThrownBy(() -> order.admit(state, opcode, true, 1))
        .withMessage("connection is " + state);
  }

  @Test
  void forgetsAFrameThatItRefused() {
    assertThatIllegalStateException()
        .isThrownBy(() -> order.admit(State.CLOSED, Opcode.TEXT, false, 1));

    assertThatCode(() -> order.admit(State.OPEN, Opcode.TEXT, true, 1)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @EnumSource(State.class)
  void refusesACloseFrameInEveryState(State state) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> order.admit(state, Opcode.CLOSE, true, 2))
        .withMessage("a Close frame goes through close()");
  }

  @ParameterizedTest
  @EnumSource(names = {"PING", "PONG"})
  void refusesAControlFrameThatIsFragmentedOrTooLong(Opcode opcode) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> order.admit(State.CLOSED, opcode, false, 1))
        .withMessage("%s frames cannot be fragmented", opcode);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> order.admit(State.CLOSED, opcode, true, 126))
        .withMessage("%s payload is 126 bytes, the limit is 125", opcode);
  }

  @Test
  void admitsNothingElseBeforeAFrameInPiecesIsWhole() {
    order.admit(State.OPEN, Opcode.BINARY, true, 3);
    order.inPieces(3);
    order.wrote(2);

    assertThatIllegalStateException()
        .isThrownBy(() -> order.admit(State.OPEN, Opcode.PING, true, 0))
        .withMessage("the frame before lacks 1 bytes");

    order.wrote(1);
    assertThatCode(() -> order.admit(State.OPEN, Opcode.PING, true, 0)).doesNotThrowAnyException();
  }
}
