package dev.priz.protocol;

import static dev.priz.protocol.Splits.assertSameWhenSplit;
import static dev.priz.protocol.Wire.frameOfAnyLengthTo;
import static dev.priz.protocol.Wire.frameTo;
import static dev.priz.protocol.Wire.join;
import static dev.priz.protocol.Wire.repeat;
import static dev.priz.protocol.Wire.wire;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.priz.payloads.PayloadKind;
import dev.priz.payloads.Zlib;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How much a compressed message may make {@link Connection} hold or do. */
final class ConnectionInflateLimitsTest {
  private static final DeflateAgreement AGREEMENT = new DeflateAgreement(true, 15, true, 15);
  private static final int MEBIBYTE = 1 << 20;
  private static final byte[] BOMB = Zlib.message(new byte[64 * MEBIBYTE]);
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @ParameterizedTest
  @EnumSource
  @DisplayName("PD-01 stops a bomb, with less than 2 MiB")
  void stopsABomb(Side side) {
    byte[] input = frameOfAnyLengthTo(side, "c2", BOMB);
    open(side, Limits.DEFAULT).receive(input);
    Endpoint endpoint = open(side, Limits.DEFAULT);

    long before = THREADS.getCurrentThreadAllocatedBytes();
    endpoint.receive(input);
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;

    assertThat(endpoint.events)
        .containsExactly(
            new Failed(
                Violation.DEFLATE_TOO_BIG,
                "message is over 1048576 bytes when it is decompressed"));
    assertThat(endpoint.closed().code()).isEqualTo(CloseCode.MESSAGE_TOO_BIG);
    assertThat(allocated).isLessThan(2 * MEBIBYTE + input.length);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("PD-02 stops a bomb in 1,000 fragments")
  void stopsABombInFragments(Side side) {
    int step = BOMB.length / 999;
    Endpoint endpoint = open(side, Limits.DEFAULT);

    for (int at = 0; at < BOMB.length && endpoint.state() == State.OPEN; at += step) {
      byte[] part = Arrays.copyOfRange(BOMB, at, Math.min(BOMB.length, at + step));
      String first = at == 0 ? "42" : at + step < BOMB.length ? "00" : "80";
      endpoint.receive(frameOfAnyLengthTo(side, first, part));
    }

    assertThat(endpoint.violation()).isEqualTo(Violation.DEFLATE_TOO_BIG);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("PD-02 stops a bomb that the last fragment carries")
  void stopsABombInTheLastFragment(Side side) {
    byte[] input =
        join(
            frameTo(side, "42 05", "00 00 00 ff ff"),
            repeat(998, frameTo(side, "00 05", "00 00 00 ff ff")),
            frameOfAnyLengthTo(side, "80", BOMB));

    Endpoint endpoint = open(side, Limits.DEFAULT).receive(input);

    assertThat(endpoint.violation()).isEqualTo(Violation.DEFLATE_TOO_BIG);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("PD-03 takes as many bytes as the limit, and none more")
  void takesAsManyBytesAsTheLimit(Side side) {
    byte[] message = PayloadKind.CHAT.payload(200, 1);
    byte[] payload = Zlib.message(message);
    byte[] input = frameOfAnyLengthTo(side, "c2", payload);

    for (int limit = 198; limit < 203; limit++) {
      Limits limits = Limits.DEFAULT.maxMessageBytes(limit);
      List<Event> events = assertSameWhenSplit(() -> open(side, limits), input).events();

      if (limit < 200) {
        assertThat(((Failed) events.getLast()).violation()).isEqualTo(Violation.DEFLATE_TOO_BIG);
      } else {
        assertThat(events).containsExactly(new Binary(message));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {65_535, 65_536, 65_537, 1_000_000, 1_048_576})
  void takesLargeMessages(int length) {
    byte[] message = PayloadKind.HTML.payload(length, 1);
    byte[] payload = Zlib.message(message);
    Endpoint endpoint = open(Side.CLIENT, Limits.DEFAULT);

    endpoint.receive(frameOfAnyLengthTo(Side.CLIENT, "c2", payload));

    assertThat(endpoint.events).containsExactly(new Binary(message));
  }

  @Test
  void refusesADeclaredLengthThatNoMessageNeeds() {
    Endpoint endpoint = open(Side.CLIENT, Limits.DEFAULT);

    endpoint.receive(wire("c2 7f 00 00 00 00 00 13 00 00"));

    assertThat(endpoint.violation()).isEqualTo(Violation.DEFLATE_TOO_BIG);
  }

  @Test
  void countsFragments() {
    Endpoint endpoint = open(Side.CLIENT, Limits.DEFAULT.maxFragments(3));

    endpoint.receive(join(wire("42 00"), repeat(3, wire("00 00"))));

    assertThat(endpoint.violation()).isEqualTo(Violation.TOO_MANY_FRAGMENTS);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("PD-17 counts what says nothing")
  void countsWhatSaysNothing(Side side) {
    byte[] emptyBlocks = repeat(200_000, wire("00 00 00 ff ff"));
    byte[] input = frameOfAnyLengthTo(side, "c2", emptyBlocks);

    Endpoint endpoint = open(side, Limits.DEFAULT).receive(input);

    assertThat(endpoint.violation()).isEqualTo(Violation.DEFLATE_WORK);
    assertThat(endpoint.closed().code()).isEqualTo(CloseCode.MESSAGE_TOO_BIG);
  }

  @ParameterizedTest
  @EnumSource
  void limitsTheRatioWhereThatIsAskedFor(Side side) {
    byte[] payload = Zlib.message(new byte[100_000]);
    byte[] input = frameOfAnyLengthTo(side, "c2", payload);

    Endpoint endpoint = open(side, Limits.DEFAULT.inflating(100, 1_000)).receive(input);

    assertThat(endpoint.events)
        .containsExactly(
            new Failed(
                Violation.DEFLATE_RATIO, "message is over 100 times as long when decompressed"));
  }

  @Test
  void streamsMessagesOfAnySizeInPartsOfSixtyFourKibibytes() {
    Endpoint endpoint = open(Side.CLIENT, Limits.DEFAULT);
    endpoint.connection.streamMessages();

    endpoint.receive(frameOfAnyLengthTo(Side.CLIENT, "c2", BOMB));

    long total = 0;
    for (Event event : endpoint.events) {
      var part = (Part) event;
      assertThat(part.data().length).isLessThanOrEqualTo(65_536);
      total += part.data().length;
    }
    assertThat(total).isEqualTo(64L * MEBIBYTE);
    assertThat(((Part) endpoint.events.getLast()).last()).isTrue();
    assertThat(endpoint.state()).isEqualTo(State.OPEN);
  }

  @Test
  void allocatesNothingOnADeclaredLength() {
    Endpoint warm = open(Side.CLIENT, Limits.DEFAULT);
    warm.receive(wire("c2 7f 00 00 00 00 00 10 00 00"));
    Endpoint endpoint = open(Side.CLIENT, Limits.DEFAULT);
    byte[] header = wire("c2 7f 00 00 00 00 00 10 00 00");

    long before = THREADS.getCurrentThreadAllocatedBytes();
    endpoint.receive(header);

    assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(1_000);
  }

  private static Endpoint open(Side side, Limits limits) {
    return Endpoint.open(side, limits).deflating(AGREEMENT, DeflateOptions.SHARED);
  }
}
