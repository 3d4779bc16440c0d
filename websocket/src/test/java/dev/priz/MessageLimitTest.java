package dev.priz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.protocol.Binary;
import dev.priz.protocol.Closed;
import dev.priz.protocol.Limits;
import dev.priz.protocol.Message;
import dev.priz.protocol.Opcode;
import dev.priz.protocol.Text;
import dev.priz.protocol.Violation;
import org.junit.jupiter.api.Test;

/** Messages at the limits of what the other end takes. */
final class MessageLimitTest {
  private static final Limits LIMITS = Limits.DEFAULT.maxMessageBytes(10_000).maxFragments(5);

  @Test
  void takesMessagesUpToTheLimit() {
    try (var ends = open(LIMITS)) {
      ends.client().send(new byte[9_999]);
      ends.client().send(new byte[10_000]);
      ends.client().send("é".repeat(5_000));

      assertThat(ends.server().receive()).isEqualTo(new Binary(new byte[9_999]));
      assertThat(ends.server().receive()).isEqualTo(new Binary(new byte[10_000]));
      assertThat(ends.server().receive()).isEqualTo(new Text("é".repeat(5_000)));
    }
  }

  @Test
  void closesWith1009WhereAMessageIsOneByteOver() {
    try (var ends = open(LIMITS)) {
      ends.client().send(new byte[10_001]);

      assertEndsWith1009(ends, Violation.MESSAGE_TOO_BIG);
    }
  }

  @Test
  void countsTheBytesOfAllFragments() {
    try (var ends = open(LIMITS)) {
      sendInFragments(ends.client(), 4, 2_500);
      assertThat(ends.server().receive()).isEqualTo(new Binary(new byte[10_000]));

      sendInFragments(ends.client(), 4, 2_501);
      assertEndsWith1009(ends, Violation.MESSAGE_TOO_BIG);
    }
  }

  @Test
  void closesWith1009WhereAMessageHasTooManyFragments() {
    try (var ends = open(LIMITS)) {
      sendInFragments(ends.client(), 4, 1);
      assertThat(ends.server().receive()).isEqualTo(new Binary(new byte[4]));

      sendInFragments(ends.client(), 5, 1);
      assertEndsWith1009(ends, Violation.TOO_MANY_FRAGMENTS);
    }
  }

  @Test
  void limitsWhatAClientReceivesToo() {
    try (var ends = open(LIMITS)) {
      ends.server().send(new byte[10_001]);

      assertThat(ends.client().receive()).isNull();
      assertThat(ends.client().closed())
          .extracting(Closed::violation)
          .isEqualTo(Violation.MESSAGE_TOO_BIG);
    }
  }

  @Test
  void takesWhatTheDefaultAllows() {
    try (var ends = open(Limits.DEFAULT)) {
      ends.client().send(new byte[1 << 20]);
      assertThat(ends.server().receive().data()).hasSize(1 << 20);

      ends.client().send(new byte[(1 << 20) + 1]);
      assertEndsWith1009(ends, Violation.MESSAGE_TOO_BIG);
    }
  }

  // As it is: compressed, these messages would be short on the wire.
  private static Ends open(Limits limits) {
    return Ends.open(ConnectionOptions.DEFAULT.limits(limits).deflate(null));
  }

  // One fragment more than that, the empty last one.
  private static void sendInFragments(WebSocket ws, int count, int bytes) {
    try (OutgoingMessage message = ws.sendFragments(Opcode.BINARY)) {
      for (int i = 0; i < count; i++) message.send(new byte[bytes]);
    } catch (ConnectionClosedException refusedAlready) {
      return;
    }
  }

  private static void assertEndsWith1009(Ends ends, Violation violation) {
    Message nothing = ends.server().receive();
    Closed seen = ends.client().run();

    assertThat(nothing).isNull();
    assertThat(ends.server().closed()).extracting(Closed::violation).isEqualTo(violation);
    assertThat(seen.code()).isEqualTo(1009);
    assertThat(seen.by()).isEqualTo(Closed.By.PEER);
  }
}
