package dev.priz.protocol;

import static dev.priz.protocol.Splits.assertSameWhenSplit;
import static dev.priz.protocol.Wire.bytes;
import static dev.priz.protocol.Wire.frameFrom;
import static dev.priz.protocol.Wire.frameTo;
import static dev.priz.protocol.Wire.hex;
import static dev.priz.protocol.Wire.join;
import static dev.priz.protocol.Wire.repeat;
import static dev.priz.protocol.Wire.wire;
import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.protocol.Closed.By;
import dev.priz.protocol.Endpoint.Outcome;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link Connection} does after the closing handshake or a fault, and without either. */
final class ConnectionEndTest {
  private static final Close BYE = new Close(1000, "bye");

  @ParameterizedTest
  @EnumSource
  @DisplayName("CL-09 gives up if the peer never answers its Close frame")
  void givesUpIfThePeerNeverAnswers(Side side) {
    Endpoint endpoint = closing(side);
    endpoint.clock.advance(Duration.ofSeconds(5).minusNanos(1));
    endpoint.timeout();
    assertThat(endpoint.state()).isEqualTo(State.CLOSE_SENT);

    endpoint.timeoutAtDeadline();

    assertThat(endpoint.state()).isEqualTo(State.CLOSED);
    assertThat(endpoint.closed()).isEqualTo(new Closed(1006, "", By.THIS_END, BYE, null, null));
    assertThat(endpoint.events).isEmpty();
  }

  @Test
  void tellsOtherThreadsWhatIsKnownWithoutAChange() throws Exception {
    var latest = new AtomicReference<>(fresh());
    var over = new AtomicBoolean();
    Thread asking =
        Thread.ofPlatform()
            .start(() -> {
              while (!over.get()) assertThat(latest.get().closed().code()).isEqualTo(1006);
            });
    try {
      for (int round = 0; round < 50_000; round++) {
        Connection connection = fresh();
        latest.set(connection);
        connection.receiveEnd();
        assertThat(connection.state()).as("round %d", round).isEqualTo(State.CLOSED);
      }
    } finally {
      over.set(true);
      asking.join();
    }
  }

  @ParameterizedTest
  @EnumSource
  void givesUpOnAPeerThatOnlyGoesOnSending(Side side) {
    Endpoint endpoint = closing(side);

    for (int second = 0; second < 5; second++) {
      endpoint.clock.advanceSeconds(1);
      endpoint.receive(frameTo(side, "82 01", "00"));
      endpoint.timeout();
    }

    assertThat(endpoint.state()).isEqualTo(State.CLOSED);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("CL-10 ignores what follows the peer's Close frame")
  void ignoresWhatFollowsThePeersCloseFrame(Side side) {
    byte[] close = frameTo(side, "88 02", "03 e8");
    byte[] input =
        join(close, frameTo(side, "81 01", "61"), frameTo(side, "89 00", ""), close, wire("ff ff"));

    Outcome outcome = assertSameWhenSplit(side, input);

    assertThat(outcome.events()).containsExactly(new Close(1000, ""));
    assertThat(outcome.output()).isEqualTo(hex(frameFrom(side, "88 02", "03 e8")));
    assertThat(outcome.state()).isEqualTo(State.DRAINING);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("CL-10, FR-33 drains no more than the limit after the peer's Close frame")
  void drainsNoMoreThanTheLimit(Side side) {
    byte[] close = frameTo(side, "88 02", "03 e8");
    Limits limits = new Limits(1, 1, 1, 1, 60, 1, 1, 1, 1, 1, 1);

    Outcome atLimit =
        assertSameWhenSplit(() -> Endpoint.open(side, limits), join(close, bytes(60)));
    Outcome overLimit =
        assertSameWhenSplit(() -> Endpoint.open(side, limits), join(close, bytes(61)));

    assertThat(atLimit.state()).isEqualTo(State.DRAINING);
    assertThat(overLimit.state()).isEqualTo(State.CLOSED);
    assertThat(overLimit.closed().code()).isEqualTo(1000);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("FR-33 drains up to 64 KiB after a fault")
  void drainsAfterAFault(Side side) {
    Endpoint endpoint = Endpoint.open(side).receive(wire("83"));

    endpoint.receive(bytes(65_000));
    assertThat(endpoint.state()).isEqualTo(State.DRAINING);
    endpoint.receive(bytes(65_000));

    assertThat(endpoint.state()).isEqualTo(State.CLOSED);
    assertThat(endpoint.closed().violation()).isEqualTo(Violation.RESERVED_OPCODE);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("CL-10 stays bounded under a flood of Close frames")
  void staysBoundedUnderAFloodOfCloseFrames(Side side) {
    Endpoint endpoint = Endpoint.open(side);

    endpoint.receive(repeat(100_000, frameTo(side, "88 00", "")));

    assertThat(endpoint.events).containsExactly(Close.EMPTY);
    assertThat(endpoint.takeOutput()).isEqualTo(frameFrom(side, "88 00", ""));
    assertThat(endpoint.state()).isEqualTo(State.CLOSED);
  }

  @Test
  void lingersOneSecondAsAServerAfterTheClosingHandshake() {
    Endpoint server = Endpoint.open(Side.SERVER).receive(frameTo(Side.SERVER, "88 00", ""));
    assertThat(server.connection.endsOutput()).isTrue();

    server.clock.advance(Duration.ofMillis(999));
    server.timeout();
    assertThat(server.state()).isEqualTo(State.DRAINING);
    server.clock.advance(Duration.ofMillis(1));
    server.timeout();

    assertThat(server.state()).isEqualTo(State.CLOSED);
    assertThat(server.connection.endsOutput()).isFalse();
  }

  // RFC 6455 §7.1.1: "the underlying TCP connection, in most normal cases, SHOULD be closed first
  // by
  // the server"
  @Test
  @DisplayName("CL-12 a client waits five seconds for the server to end the stream")
  void waitsAsAClientForTheServerToEndTheStream() {
    Endpoint client = Endpoint.open(Side.CLIENT).receive(frameTo(Side.CLIENT, "88 00", ""));
    assertThat(client.connection.endsOutput()).isFalse();

    client.clock.advance(Duration.ofMillis(4_999));
    client.timeout();
    assertThat(client.state()).isEqualTo(State.DRAINING);
    client.clock.advance(Duration.ofMillis(1));
    client.timeout();

    assertThat(client.state()).isEqualTo(State.CLOSED);
    assertThat(client.closed().isClean()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "81", "81 7e 01", "82 7e 01 00 61 62", "01 01 61", "89 05 61"})
  @DisplayName("FR-23, FR-24 ends abnormally if the stream ends without a Close frame")
  void endsAbnormallyWithoutACloseFrame(String input) {
    Endpoint client = Endpoint.open(Side.CLIENT).receive(wire(input));

    client.connection.receiveEnd();

    assertThat(client.events).isEmpty();
    assertThat(client.takeOutput()).isEmpty();
    assertThat(client.state()).isEqualTo(State.CLOSED);
    assertThat(client.connection.deadlineNanos()).isEqualTo(Connection.NO_DEADLINE);
    assertThat(client.closed()).isEqualTo(new Closed(1006, "", By.NOBODY, null, null, null));
  }

  @ParameterizedTest
  @EnumSource
  void endsAbnormallyIfTheStreamEndsBeforeTheAnswer(Side side) {
    Endpoint endpoint = closing(side);

    endpoint.connection.receiveEnd();

    assertThat(endpoint.closed()).isEqualTo(new Closed(1006, "", By.THIS_END, BYE, null, null));
  }

  @ParameterizedTest
  @EnumSource
  void keepsThePeersCodeWhenTheStreamEnds(Side side) {
    Endpoint endpoint = Endpoint.open(side).receive(frameTo(side, "88 02", "0f a0"));

    endpoint.connection.receiveEnd();

    assertThat(endpoint.state()).isEqualTo(State.CLOSED);
    assertThat(endpoint.closed().code()).isEqualTo(4000);
  }

  @ParameterizedTest
  @EnumSource
  void ignoresInputAndTimeOnceItIsClosed(Side side) {
    Endpoint endpoint = Endpoint.open(side);
    endpoint.connection.receiveEnd();

    endpoint.receive(frameTo(side, "81 01", "61"));
    endpoint.clock.advanceSeconds(1_000);
    endpoint.timeout();
    endpoint.connection.receiveEnd();

    assertThat(endpoint.events).isEmpty();
    assertThat(endpoint.takeOutput()).isEmpty();
    assertThat(endpoint.closed().code()).isEqualTo(1006);
  }

  @ParameterizedTest
  @EnumSource
  void givesUpAtOnceAndTellsWhy(Side side) {
    Endpoint endpoint = Endpoint.open(side);
    var close = new Close(1013, "too slow");

    endpoint.connection.abort(close);

    assertThat(endpoint.state()).isEqualTo(State.CLOSED);
    assertThat(endpoint.connection.hasOutput()).isFalse();
    assertThat(endpoint.closed())
        .isEqualTo(new Closed(1013, "too slow", By.THIS_END, close, null, null));
  }

  private static Connection fresh() {
    return Endpoint.open(Side.SERVER).connection;
  }

  private static Endpoint closing(Side side) {
    Endpoint endpoint = Endpoint.open(side);
    endpoint.close(BYE);
    endpoint.takeOutput();
    return endpoint;
  }
}
