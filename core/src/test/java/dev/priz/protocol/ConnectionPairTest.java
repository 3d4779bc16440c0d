package dev.priz.protocol;

import static dev.priz.protocol.Endpoint.utf8;
import static dev.priz.protocol.Wire.bytes;
import static dev.priz.protocol.Wire.other;
import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.protocol.Closed.By;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** How two {@link Connection}s get on with each other. */
final class ConnectionPairTest {
  private static final int[] LENGTHS = {0, 1, 7, 8, 9, 124, 125, 126, 127, 1_000, 65_535, 65_536};

  private final Pair pair = new Pair(Limits.DEFAULT.controlFrames(1_000_000, 1_000_000));

  @ParameterizedTest
  @CsvSource({"CLIENT, 1", "CLIENT, 2", "SERVER, 3", "SERVER, 4"})
  void receivesWhatTheOtherSent(Side sender, long seed) {
    var random = new Random(seed);
    Endpoint from = pair.end(sender);
    List<Event> sent = new ArrayList<>();

    for (int message = 0; message < 200; message++) {
      sendRandom(from, random, sent);
      pair.exchange(available -> 1 + random.nextInt(available));
    }

    assertThat(pair.end(other(sender)).events).as("seed %d", seed).isEqualTo(sent);
    assertThat(from.state()).isEqualTo(State.OPEN);
  }

  @Test
  void carriesMessagesBothWaysAtOnce() {
    pair.client.sendText("to the server");
    pair.server.sendText("to the client");
    pair.server.send(Opcode.PING, true, bytes(3));

    pair.exchange(available -> 1);

    assertThat(pair.server.events).containsExactly(new Text("to the server"), new Pong(bytes(3)));
    assertThat(pair.client.events).containsExactly(new Text("to the client"), new Ping(bytes(3)));
  }

  @ParameterizedTest
  @EnumSource
  void stayAliveWithoutMessages(Side asker) {
    Endpoint endpoint = pair.end(asker);

    for (int ping = 0; ping < 10; ping++) {
      endpoint.timeoutAtDeadline();
      pair.exchange();
    }

    assertThat(endpoint.events).isEmpty();
    assertThat(endpoint.state()).isEqualTo(State.OPEN);
    assertThat(pair.end(other(asker)).events).hasSize(10).hasOnlyElementsOfType(Ping.class);
  }

  @ParameterizedTest
  @EnumSource
  void closeCleanly(Side closer) {
    var bye = new Close(4000, "bye");
    var answer = new Close(4000, "");

    pair.end(closer).close(bye);
    pair.exchange();

    assertThat(pair.end(closer).closed())
        .isEqualTo(new Closed(4000, "", By.THIS_END, bye, answer, null));
    assertThat(pair.end(other(closer)).closed())
        .isEqualTo(new Closed(4000, "bye", By.PEER, answer, bye, null));
    assertThat(pair.client.state()).isEqualTo(State.DRAINING);
    assertThat(pair.server.state()).isEqualTo(State.DRAINING);
  }

  @Test
  @DisplayName("CL-11 close cleanly if both begin at once")
  void closeCleanlyIfBothBeginAtOnce() {
    var fromClient = new Close(1000, "client");
    var fromServer = new Close(1001, "server");
    pair.client.close(fromClient);
    pair.server.close(fromServer);

    pair.exchange();
    pair.client.connection.receiveEnd();
    pair.server.connection.receiveEnd();

    assertThat(pair.client.events).containsExactly(fromServer);
    assertThat(pair.server.events).containsExactly(fromClient);
    assertThat(pair.client.closed())
        .isEqualTo(new Closed(1001, "server", By.THIS_END, fromClient, fromServer, null));
    assertThat(pair.server.closed())
        .isEqualTo(new Closed(1000, "client", By.THIS_END, fromServer, fromClient, null));
  }

  @ParameterizedTest
  @EnumSource
  void tellTheOtherWhyTheyFail(Side sender) {
    Endpoint from = pair.end(sender);
    Endpoint to = pair.end(other(sender));

    from.send(Opcode.TEXT, true, Wire.wire("ff"));
    pair.exchange();

    assertThat(to.violation()).isEqualTo(Violation.TEXT_NOT_UTF8);
    assertThat(from.closed().code()).isEqualTo(1007);
    assertThat(from.closed().reason()).isEqualTo("text is not UTF-8");
    assertThat(from.closed().by()).isEqualTo(By.PEER);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("FR-30 answer a Ping in the middle of a message of ten megabytes")
  void answerAPingInTheMiddleOfALongMessage(Side sender) {
    var wide = new Pair(Limits.DEFAULT.maxMessageBytes(10 << 20));
    Endpoint from = wide.end(sender);
    byte[] fragment = bytes(1 << 20);

    from.send(Opcode.BINARY, false, fragment);
    for (int i = 0; i < 8; i++) from.send(Opcode.CONTINUATION, false, fragment);
    from.send(Opcode.PING, true, bytes(5));
    wide.exchange();
    assertThat(from.events).containsExactly(new Pong(bytes(5)));
    from.send(Opcode.CONTINUATION, true, fragment);
    wide.exchange();

    assertThat(wide.end(other(sender)).events)
        .containsExactly(new Ping(bytes(5)), new Binary(Wire.repeat(10, fragment)));
  }

  private static void sendRandom(Endpoint from, Random random, List<Event> sent) {
    int length = LENGTHS[random.nextInt(LENGTHS.length)];
    String text = "é".repeat(length / 2) + "a".repeat(length % 2);
    switch (random.nextInt(6)) {
      case 0 -> {
        from.sendText(text);
        sent.add(new Text(text));
      }
      case 1 -> {
        from.send(PreparedMessage.text(text));
        sent.add(new Text(text));
      }
      case 2 -> {
        from.send(Opcode.BINARY, true, bytes(length));
        sent.add(new Binary(bytes(length)));
      }
      case 3 -> {
        from.send(Opcode.PONG, true, bytes(length % 126));
        sent.add(new Pong(bytes(length % 126)));
      }
      case 4 -> {
        sendInFragments(from, Opcode.BINARY, bytes(length), random);
        sent.add(new Binary(bytes(length)));
      }
      default -> {
        sendInFragments(from, Opcode.TEXT, utf8(text), random);
        sent.add(new Text(text));
      }
    }
  }

  private static void sendInFragments(Endpoint from, Opcode opcode, byte[] payload, Random random) {
    int first = random.nextInt(payload.length + 1);
    int second = first + random.nextInt(payload.length - first + 1);
    from.send(opcode, false, Arrays.copyOf(payload, first));
    from.send(Opcode.CONTINUATION, false, Arrays.copyOfRange(payload, first, second));
    from.send(Opcode.CONTINUATION, true, Arrays.copyOfRange(payload, second, payload.length));
  }
}
