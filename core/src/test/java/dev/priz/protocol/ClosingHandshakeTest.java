package dev.priz.protocol;

import static dev.priz.protocol.Wire.heap;
import static dev.priz.protocol.Wire.letters;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.priz.protocol.Closed.By;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class ClosingHandshakeTest {
  private static final Close BYE = new Close(1000, "bye");
  private static final Close AWAY = new Close(1001, "away");
  private static final Timeouts TIMEOUTS =
      Timeouts.DEFAULT.closing(Duration.ofNanos(50), Duration.ofNanos(10));

  private final ClosingHandshake client = handshake(Side.CLIENT);
  private final ClosingHandshake server = handshake(Side.SERVER);

  @Test
  void isOpenAtFirst() {
    assertThat(client.state()).isEqualTo(State.OPEN);
    assertThat(client.endsOutput()).isFalse();
    assertThat(client.closed()).isEqualTo(new Closed(1006, "", By.NOBODY, null, null, null));
  }

  @ParameterizedTest
  @EnumSource
  void waitsForTheAnswerToItsCloseFrame(Side side) {
    ClosingHandshake closing = handshake(side);

    closing.send(BYE, 100);

    assertThat(closing.state()).isEqualTo(State.CLOSE_SENT);
    assertThat(closing.deadlineNanos()).isEqualTo(150);
    assertThat(closing.endsOutput()).isFalse();
    assertThat(closing.closed()).isEqualTo(new Closed(1006, "", By.THIS_END, BYE, null, null));
  }

  @ParameterizedTest
  @EnumSource
  void drainsAfterTheAnswer(Side side) {
    ClosingHandshake closing = handshake(side);
    closing.send(BYE, 100);

    assertThat(closing.receive(AWAY, 120)).isNull();

    assertThat(closing.state()).isEqualTo(State.DRAINING);
    assertThat(closing.closed()).isEqualTo(new Closed(1001, "away", By.THIS_END, BYE, AWAY, null));
    assertThat(closing.closed().isClean()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void answersThePeersCloseFrameWithItsCode(Side side) {
    ClosingHandshake closing = handshake(side);
    var answer = new Close(1000, "");

    assertThat(closing.receive(BYE, 100)).isEqualTo(answer);

    assertThat(closing.state()).isEqualTo(State.DRAINING);
    assertThat(closing.closed()).isEqualTo(new Closed(1000, "bye", By.PEER, answer, BYE, null));
  }

  @Test
  void answersAnEmptyCloseFrameWithAnEmptyOne() {
    assertThat(server.receive(Close.EMPTY, 100)).isEqualTo(Close.EMPTY);
    assertThat(server.closed().code()).isEqualTo(CloseCode.NO_STATUS);
  }

  @Test
  void letsTheServerEndTheTcpConnectionFirst() {
    client.receive(BYE, 100);
    server.receive(BYE, 100);

    assertThat(client.endsOutput()).isFalse();
    assertThat(client.deadlineNanos()).isEqualTo(150);
    assertThat(server.endsOutput()).isTrue();
    assertThat(server.deadlineNanos()).isEqualTo(110);
  }

  @ParameterizedTest
  @EnumSource
  void tellsThePeerWhatRuleItBroke(Side side) {
    ClosingHandshake closing = handshake(side);
    var told = new Close(1002, "reserved opcode");

    assertThat(closing.fail(Violation.RESERVED_OPCODE, 100)).isEqualTo(told);

    assertThat(closing.state()).isEqualTo(State.DRAINING);
    assertThat(closing.deadlineNanos()).isEqualTo(110);
    assertThat(closing.endsOutput()).isTrue();
    assertThat(closing.closed())
        .isEqualTo(
            new Closed(
                1002, "reserved opcode", By.THIS_END, told, null, Violation.RESERVED_OPCODE));
  }

  @ParameterizedTest
  @EnumSource
  void sendsNoSecondCloseFrameIfThePeerBreaksARuleDuringTheHandshake(Side side) {
    ClosingHandshake closing = handshake(side);
    closing.send(BYE, 100);

    assertThat(closing.fail(Violation.RESERVED_BIT, 120)).isNull();

    assertThat(closing.deadlineNanos()).isEqualTo(130);
    assertThat(closing.closed())
        .isEqualTo(
            new Closed(
                1002,
                "reserved bit without an extension",
                By.THIS_END,
                BYE,
                null,
                Violation.RESERVED_BIT));
  }

  @Test
  void closesAtItsDeadline() {
    client.send(BYE, 100);

    client.timeout(149);
    assertThat(client.state()).isEqualTo(State.CLOSE_SENT);
    client.timeout(150);

    assertThat(client.state()).isEqualTo(State.CLOSED);
    assertThat(client.deadlineNanos()).isEqualTo(Connection.NO_DEADLINE);
    assertThat(client.closed().code()).isEqualTo(CloseCode.ABNORMAL);
  }

  @Test
  void staysClosed() {
    client.end();

    client.end();
    client.timeout(Long.MAX_VALUE);
    client.abort(BYE);

    assertThat(client.state()).isEqualTo(State.CLOSED);
    assertThat(client.closed().sent()).isNull();
  }

  @Test
  void closesWithTheStream() {
    server.receive(BYE, 100);

    server.end();

    assertThat(server.state()).isEqualTo(State.CLOSED);
    assertThat(server.endsOutput()).isFalse();
    assertThat(server.closed().code()).isEqualTo(1000);
  }

  @Test
  void closesAtOnceWhenItGivesUp() {
    client.abort(AWAY);

    assertThat(client.state()).isEqualTo(State.CLOSED);
    assertThat(client.closed()).isEqualTo(new Closed(1001, "away", By.THIS_END, AWAY, null, null));
  }

  @Test
  void tellsWhyItGaveUpDuringTheHandshake() {
    client.send(BYE, 100);

    client.abort(AWAY);

    assertThat(client.closed()).isEqualTo(new Closed(1001, "away", By.THIS_END, BYE, null, null));
  }

  @Test
  void keepsThePeersCodeWhenItGivesUpAfterwards() {
    client.receive(BYE, 100);

    client.abort(AWAY);

    assertThat(client.closed().code()).isEqualTo(1000);
    assertThat(client.closed().by()).isEqualTo(By.PEER);
  }

  @ParameterizedTest
  @CsvSource({"100, 0, DRAINING", "101, 0, CLOSED", "99, 1, DRAINING", "99, 2, CLOSED"})
  void drainsUpToTheLimit(int first, int second, State state) {
    server.receive(BYE, 0);
    ByteBuffer in = heap(letters(first));

    server.drain(in);
    server.drain(heap(letters(second)));

    assertThat(in.hasRemaining()).isFalse();
    assertThat(server.state()).isEqualTo(state);
  }

  @Test
  void dropsInputWhenItIsClosed() {
    server.end();
    ByteBuffer in = heap(letters(500));

    server.drain(in);

    assertThat(in.hasRemaining()).isFalse();
    assertThat(server.state()).isEqualTo(State.CLOSED);
  }

  @Test
  void neverGoesBack() {
    client.receive(BYE, 100);

    assertThatThrownBy(() -> client.send(BYE, 110))
        .isInstanceOf(AssertionError.class)
        .hasMessage("DRAINING -> CLOSE_SENT");
  }

  private static ClosingHandshake handshake(Side side) {
    return new ClosingHandshake(side, new Limits(1, 1, 1, 1, 100, 1, 1, 1, 1, 1, 1), TIMEOUTS);
  }
}
