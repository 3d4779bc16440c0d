package dev.priz.protocol;

import static dev.priz.protocol.Splits.closeFrame;
import static dev.priz.protocol.Wire.frameFrom;
import static dev.priz.protocol.Wire.frameTo;
import static dev.priz.protocol.Wire.wire;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How {@link Connection} finds out that its peer is gone. */
final class ConnectionKeepAliveTest {
  private static final String FIRST_PING = "70 72 69 7a 00 00 00 01";

  @ParameterizedTest
  @EnumSource
  void asksASilentPeer(Side side) {
    Endpoint endpoint = Endpoint.open(side);

    endpoint.timeoutAtDeadline();

    assertThat(endpoint.clock.nowNanos()).isEqualTo(20_000_000_000L);
    assertThat(endpoint.takeOutput()).isEqualTo(frameFrom(side, "89 08", FIRST_PING));
    assertThat(endpoint.events).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void failsIfThePeerStaysSilent(Side side) {
    Endpoint endpoint = asked(side);

    endpoint.clock.advance(Duration.ofSeconds(20).minusNanos(1));
    endpoint.timeout();
    assertThat(endpoint.state()).isEqualTo(State.OPEN);
    endpoint.timeoutAtDeadline();

    assertThat(endpoint.events)
        .containsExactly(new Failed(Violation.KEEP_ALIVE_TIMEOUT, "no answer to keep-alive ping"));
    assertThat(endpoint.takeOutput()).isEqualTo(closeFrame(side, Violation.KEEP_ALIVE_TIMEOUT));
    assertThat(endpoint.closed().code()).isEqualTo(1011);
  }

  @ParameterizedTest
  @EnumSource
  void keepsTheAnswerToItsPingToItself(Side side) {
    Endpoint endpoint = asked(side);

    endpoint.receive(frameTo(side, "8a 08", FIRST_PING));
    endpoint.clock.advanceSeconds(21);
    endpoint.timeout();

    assertThat(endpoint.events).isEmpty();
    assertThat(endpoint.state()).isEqualTo(State.OPEN);
  }

  // Any byte is a sign of life, a Pong with another payload too: RFC 6455 §5.5.2 lets a peer answer
  // the most recent Ping only, which may be one of the application's.
  @ParameterizedTest
  @EnumSource
  @DisplayName("CL-15 tells the application of a Pong that answers another Ping")
  void passesOnAPongThatAnswersAnotherPing(Side side) {
    Endpoint endpoint = asked(side);

    endpoint.receive(frameTo(side, "8a 08", "70 72 69 7a 00 00 00 02"));

    assertThat(endpoint.events).containsExactly(new Pong(wire("70 72 69 7a 00 00 00 02")));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("CL-17 takes data for a sign of life")
  void takesDataForASignOfLife(Side side) {
    Endpoint endpoint = asked(side);
    endpoint.clock.advanceSeconds(19);

    endpoint.receive(frameTo(side, "82 00", ""));
    endpoint.clock.advanceSeconds(2);
    endpoint.timeout();

    assertThat(endpoint.state()).isEqualTo(State.OPEN);
    assertThat(endpoint.takeOutput()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void takesASingleByteForASignOfLife(Side side) {
    Endpoint endpoint = asked(side);

    endpoint.receive(wire("82"));

    assertThat(endpoint.connection.deadlineNanos())
        .isEqualTo(endpoint.clock.nowNanos() + Duration.ofSeconds(25).toNanos());
  }

  @ParameterizedTest
  @EnumSource
  void takesAnEmptyInputForNoSignOfLife(Side side) {
    Endpoint endpoint = Endpoint.open(side);
    long deadlineNanos = endpoint.connection.deadlineNanos();
    endpoint.clock.advanceSeconds(3);

    endpoint.receive(wire(""));

    assertThat(endpoint.connection.deadlineNanos()).isEqualTo(deadlineNanos);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("RS-08 keeps a peer that only answers Pings")
  void keepsAPeerThatOnlyAnswersPings(Side side) {
    Endpoint endpoint = Endpoint.open(side);

    for (int ping = 1; ping <= 100; ping++) {
      String payload = "70 72 69 7a 00 00 00 %02x".formatted(ping);
      endpoint.timeoutAtDeadline();
      assertThat(endpoint.takeOutput()).isEqualTo(frameFrom(side, "89 08", payload));
      endpoint.receive(frameTo(side, "8a 08", payload));
    }

    assertThat(endpoint.events).isEmpty();
    assertThat(endpoint.state()).isEqualTo(State.OPEN);
  }

  @ParameterizedTest
  @EnumSource
  void doesNothingBeforeItsDeadline(Side side) {
    Endpoint endpoint = Endpoint.open(side);
    endpoint.clock.advance(Duration.ofSeconds(25).minusNanos(1));

    endpoint.timeout();

    assertThat(endpoint.takeOutput()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void waitsForNothingWithoutKeepAlive(Side side) {
    Endpoint endpoint =
        Endpoint.open(side, Timeouts.DEFAULT.keepAlive(Duration.ZERO, Duration.ofSeconds(1)));

    assertThat(endpoint.connection.deadlineNanos()).isEqualTo(Connection.NO_DEADLINE);

    endpoint.clock.advance(Duration.ofDays(300));
    endpoint.timeout();
    assertThat(endpoint.takeOutput()).isEmpty();
    assertThat(endpoint.state()).isEqualTo(State.OPEN);
  }

  @ParameterizedTest
  @EnumSource
  void saysNothingOfAPeerWhileReadingIsPaused(Side side) {
    Endpoint endpoint = asked(side).receive(wire("82"));

    endpoint.connection.pauseReading();

    assertThat(endpoint.connection.deadlineNanos()).isEqualTo(Connection.NO_DEADLINE);
    endpoint.clock.advanceSeconds(1_000);
    endpoint.timeout();
    assertThat(endpoint.state()).isEqualTo(State.OPEN);
  }

  @ParameterizedTest
  @EnumSource
  void givesThePeerItsTimeAnewWhenReadingResumes(Side side) {
    Endpoint endpoint = asked(side);
    endpoint.connection.pauseReading();
    endpoint.clock.advanceSeconds(1_000);

    endpoint.connection.resumeReading(endpoint.clock.nowNanos());

    assertThat(endpoint.connection.deadlineNanos())
        .isEqualTo(endpoint.clock.nowNanos() + Duration.ofSeconds(25).toNanos());
  }

  @ParameterizedTest
  @EnumSource
  void givesAMessageItsTimeAnewWhenReadingResumes(Side side) {
    Timeouts timeouts =
        Timeouts.DEFAULT
            .keepAlive(Duration.ZERO, Duration.ofSeconds(1))
            .message(Duration.ofSeconds(3));
    Endpoint endpoint = Endpoint.open(side, timeouts).receive(wire("82"));
    endpoint.connection.pauseReading();
    endpoint.clock.advanceSeconds(1_000);

    endpoint.connection.resumeReading(endpoint.clock.nowNanos());

    assertThat(endpoint.connection.deadlineNanos())
        .isEqualTo(endpoint.clock.nowNanos() + Duration.ofSeconds(3).toNanos());
  }

  @ParameterizedTest
  @EnumSource
  void changesNothingIfReadingResumesWithoutAPause(Side side) {
    Endpoint endpoint = Endpoint.open(side);
    long deadlineNanos = endpoint.connection.deadlineNanos();
    endpoint.clock.advanceSeconds(3);

    endpoint.connection.resumeReading(endpoint.clock.nowNanos());

    assertThat(endpoint.connection.deadlineNanos()).isEqualTo(deadlineNanos);
  }

  @ParameterizedTest
  @EnumSource
  void givesUpAClosingHandshakeEvenWhileReadingIsPaused(Side side) {
    Endpoint endpoint = Endpoint.open(side);
    endpoint.connection.pauseReading();
    endpoint.close(1000, "");

    endpoint.timeoutAtDeadline();

    assertThat(endpoint.state()).isEqualTo(State.CLOSED);
  }

  @ParameterizedTest
  @EnumSource
  void asksNoMoreOnceTheClosingHandshakeHasBegun(Side side) {
    Timeouts timeouts = Timeouts.DEFAULT.closing(Duration.ofSeconds(90), Duration.ofSeconds(1));
    Endpoint endpoint = Endpoint.open(side, timeouts);
    endpoint.close(1000, "");
    endpoint.takeOutput();

    endpoint.clock.advanceSeconds(60);
    endpoint.timeout();

    assertThat(endpoint.takeOutput()).isEmpty();
    assertThat(endpoint.state()).isEqualTo(State.CLOSE_SENT);
  }

  private static Endpoint asked(Side side) {
    Endpoint endpoint = Endpoint.open(side);
    endpoint.timeoutAtDeadline();
    endpoint.takeOutput();
    return endpoint;
  }
}
