package dev.priz.protocol;

import static dev.priz.protocol.Splits.assertSameWhenSplit;
import static dev.priz.protocol.Splits.closeFrame;
import static dev.priz.protocol.Wire.bytes;
import static dev.priz.protocol.Wire.frameFrom;
import static dev.priz.protocol.Wire.frameTo;
import static dev.priz.protocol.Wire.join;
import static dev.priz.protocol.Wire.wire;
import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.protocol.Closed.By;
import dev.priz.protocol.Endpoint.Outcome;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How {@link Connection} holds its answer to the peer's Close frame, if it is told to. */
final class ConnectionAnswerTest {
  private static final Close BYE = new Close(1000, "bye");

  @ParameterizedTest
  @EnumSource
  void holdsTheAnswerToACloseFrame(Side side) {
    byte[] input = join(frameTo(side, "81 01", "61"), frameTo(side, "88 05", "03 e8 62 79 65"));

    Outcome outcome = assertSameWhenSplit(() -> holding(side), input);

    assertThat(outcome.events()).containsExactly(new Text("a"), BYE);
    assertThat(outcome.output()).isEmpty();
    assertThat(outcome.state()).isEqualTo(State.ANSWERING);
    assertThat(outcome.endsOutput()).isFalse();
    assertThat(outcome.closed()).isEqualTo(new Closed(1000, "bye", By.PEER, null, BYE, null));
  }

  @ParameterizedTest
  @EnumSource
  void sendsMessagesBeforeTheAnswer(Side side) {
    Endpoint endpoint = answering(side);

    endpoint.sendText("a");
    endpoint.answer();

    assertThat(endpoint.takeOutput())
        .isEqualTo(join(frameFrom(side, "81 01", "61"), frameFrom(side, "88 02", "03 e8")));
    assertThat(endpoint.state()).isEqualTo(State.DRAINING);
    assertThat(endpoint.closed().isClean()).isTrue();
    assertThat(endpoint.connection.endsOutput()).isEqualTo(side == Side.SERVER);
  }

  @ParameterizedTest
  @EnumSource
  void answersWithThePeersCodeEvenIfTheApplicationCloses(Side side) {
    Endpoint endpoint = answering(side);

    endpoint.close(4000, "other");

    assertThat(endpoint.takeOutput()).isEqualTo(frameFrom(side, "88 02", "03 e8"));
    assertThat(endpoint.closed().by()).isEqualTo(By.PEER);
  }

  @ParameterizedTest
  @EnumSource
  void answersOnce(Side side) {
    Endpoint endpoint = answering(side);
    endpoint.answer();
    endpoint.takeOutput();

    endpoint.answer();
    endpoint.close(4000, "");

    assertThat(endpoint.takeOutput()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void hasNothingToAnswerWhileItIsOpen(Side side) {
    Endpoint endpoint = holding(side);

    endpoint.answer();

    assertThat(endpoint.takeOutput()).isEmpty();
    assertThat(endpoint.state()).isEqualTo(State.OPEN);
  }

  @ParameterizedTest
  @EnumSource
  void answersByItselfAfterFiveSeconds(Side side) {
    Endpoint endpoint = answering(side);
    endpoint.clock.advance(Duration.ofSeconds(5).minusNanos(1));
    endpoint.timeout();
    assertThat(endpoint.state()).isEqualTo(State.ANSWERING);

    endpoint.timeoutAtDeadline();

    assertThat(endpoint.takeOutput()).isEqualTo(frameFrom(side, "88 02", "03 e8"));
    assertThat(endpoint.state()).isEqualTo(State.DRAINING);
    endpoint.timeoutAtDeadline();
    assertThat(endpoint.state()).isEqualTo(State.CLOSED);
  }

  @ParameterizedTest
  @EnumSource
  void holdsTheAnswerToAFault(Side side) {
    Endpoint endpoint = holding(side).receive(frameTo(side, "81 01", "ff"));
    assertThat(endpoint.violation()).isEqualTo(Violation.TEXT_NOT_UTF8);
    assertThat(endpoint.takeOutput()).isEmpty();
    assertThat(endpoint.state()).isEqualTo(State.ANSWERING);

    endpoint.sendText("a");
    endpoint.answer();

    assertThat(endpoint.takeOutput())
        .isEqualTo(join(frameFrom(side, "81 01", "61"), closeFrame(side, Violation.TEXT_NOT_UTF8)));
    assertThat(endpoint.connection.endsOutput()).isTrue();
    assertThat(endpoint.closed().code()).isEqualTo(1007);
  }

  @ParameterizedTest
  @EnumSource
  void ignoresInputWhileItHoldsTheAnswer(Side side) {
    Endpoint endpoint = answering(side);

    endpoint.receive(frameTo(side, "81 01", "61"), frameTo(side, "89 00", ""), wire("ff"));

    assertThat(endpoint.events).containsExactly(BYE);
    assertThat(endpoint.takeOutput()).isEmpty();
    assertThat(endpoint.state()).isEqualTo(State.ANSWERING);
  }

  @ParameterizedTest
  @EnumSource
  void countsWhatItDrainsFromTheAnswerOn(Side side) {
    Endpoint endpoint = answering(side).receive(bytes(65_537));
    assertThat(endpoint.state()).isEqualTo(State.ANSWERING);

    endpoint.answer();
    endpoint.receive(bytes(65_536));
    assertThat(endpoint.state()).isEqualTo(State.DRAINING);
    endpoint.receive(bytes(1));

    assertThat(endpoint.state()).isEqualTo(State.CLOSED);
  }

  @ParameterizedTest
  @EnumSource
  void holdsNothingAfterItsOwnCloseFrame(Side side) {
    Endpoint endpoint = holding(side);
    endpoint.close(BYE);
    endpoint.takeOutput();

    endpoint.receive(frameTo(side, "88 02", "03 e8"));

    assertThat(endpoint.state()).isEqualTo(State.DRAINING);
    assertThat(endpoint.takeOutput()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void isNotCleanIfTheStreamEndsBeforeTheAnswer(Side side) {
    Endpoint endpoint = answering(side);

    endpoint.connection.receiveEnd();

    assertThat(endpoint.closed()).isEqualTo(new Closed(1000, "bye", By.PEER, null, BYE, null));
    assertThat(endpoint.closed().isClean()).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void isNotCleanIfItGivesUpBeforeTheAnswer(Side side) {
    Endpoint endpoint = answering(side);

    endpoint.connection.abort(new Close(1013, "too slow"));

    assertThat(endpoint.state()).isEqualTo(State.CLOSED);
    assertThat(endpoint.closed()).isEqualTo(new Closed(1000, "bye", By.PEER, null, BYE, null));
  }

  @ParameterizedTest
  @EnumSource
  void tellsOfTheFaultIfItGivesUpBeforeTheAnswer(Side side) {
    Endpoint endpoint = holding(side).receive(wire("83"));

    endpoint.connection.abort(new Close(1013, "too slow"));

    assertThat(endpoint.closed())
        .isEqualTo(
            new Closed(
                1002, "reserved opcode", By.THIS_END, null, null, Violation.RESERVED_OPCODE));
  }

  private static Endpoint holding(Side side) {
    Endpoint endpoint = Endpoint.open(side);
    endpoint.connection.holdAnswers();
    return endpoint;
  }

  private static Endpoint answering(Side side) {
    return holding(side).receive(frameTo(side, "88 05", "03 e8 62 79 65"));
  }
}
