package dev.priz.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.Transport;
import dev.priz.WebSocketServer;
import dev.priz.protocol.Binary;
import dev.priz.protocol.Connection;
import dev.priz.protocol.Event;
import dev.priz.protocol.Limits;
import dev.priz.protocol.Opcode;
import dev.priz.protocol.Scratch;
import dev.priz.protocol.Side;
import dev.priz.protocol.Text;
import dev.priz.protocol.Timeouts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An echo of 20 bytes makes no garbage but the message that the application gets and its payload:
 * in the core alone, and on the event loop of a real server. The JVM counts the bytes, for the one
 * thread that does the work and once its code is compiled, which shows in two equal counts. Less
 * than the message is possible too: one that never leaves its method need not be made.
 */
@Timeout(300)
final class AllocationTest {
  private static final byte[] PAYLOAD = "twenty bytes of text".getBytes(US_ASCII);
  private static final int TURNS = 10_000;
  private static final int MIN_ROUNDS = 8;
  private static final int MAX_ROUNDS = 20;
  // On io_uring, Netty itself makes an object for each write (56 bytes, where the compiler leaves
  // it) and one for each turn of the loop (16), of which an answer takes two: the read's completion
  // and the write's. However many messages there are in it.
  private static final int NETTY_BYTES_AN_ANSWER = 96;

  @Test
  void coreEchoesBinaryWithoutGarbage() throws IOException {
    long garbage = coreGarbage(Opcode.BINARY) - messageBytes(Opcode.BINARY);

    assertThat(garbage).as("bytes of garbage a message").isNotPositive();
  }

  @Test
  void coreEchoesTextWithoutGarbage() throws IOException {
    long garbage = coreGarbage(Opcode.TEXT) - messageBytes(Opcode.TEXT);

    assertThat(garbage).as("bytes of garbage a message").isNotPositive();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void serverEchoesWithoutGarbage(Transport transport, Opcode opcode, int messagesInOneRead)
      throws IOException {
    long garbage = serverGarbage(transport, opcode, messagesInOneRead);

    assertThat(garbage)
        .as("bytes of garbage a read of %d messages", messagesInOneRead)
        .isLessThanOrEqualTo(transport == Transport.IO_URING ? NETTY_BYTES_AN_ANSWER : 0);
  }

  static Stream<Arguments> cases() {
    return Stream.of(Transport.IO_URING, Transport.EPOLL, Transport.NIO)
        .filter(AllocationTest::worksHere)
        .flatMap(transport ->
            Stream.of(
                Arguments.of(transport, Opcode.BINARY, 1),
                Arguments.of(transport, Opcode.TEXT, 1),
                Arguments.of(transport, Opcode.BINARY, 16),
                Arguments.of(transport, Opcode.TEXT, 16)));
  }

  private static boolean worksHere(Transport transport) {
    try (WebSocketServer server = WebSocketServer.at("127.0.0.1:0").transport(transport).start()) {
      return server.port() > 0;
    } catch (IllegalStateException forbidden) {
      return false;
    }
  }

  private static long messageBytes(Opcode opcode) {
    return opcode == Opcode.BINARY
        ? Allocation.sizeOf(() -> new Binary(new byte[PAYLOAD.length]))
        : Allocation.sizeOf(() -> new Text(new String(PAYLOAD, US_ASCII)));
  }

  private static long coreGarbage(Opcode opcode) throws IOException {
    var connection =
        new Connection(Side.SERVER, Limits.DEFAULT, Timeouts.DEFAULT, () -> 0, new Scratch(), 0);
    ByteBuffer in = ClientFrames.of(opcode, PAYLOAD, 1);
    ByteBuffer out = ByteBuffer.allocateDirect(64);
    return steadyBytes(
        Thread.currentThread(),
        () -> {
          for (int i = 0; i < TURNS; i++) echo(connection, in, out);
        });
  }

  private static void echo(Connection connection, ByteBuffer in, ByteBuffer out) {
    Event event = connection.receive(in.rewind(), 0);
    out.clear();
    switch (event) {
      case Binary binary -> connection.send(Opcode.BINARY, true, true, binary.data(), out);
      case Text text -> connection.sendText(text.text(), Connection.textBytes(text.text()), out);
      case null, default -> throw new AssertionError(event);
    }
    // Not by AssertJ, which makes garbage of its own.
    if (out.position() != 2 + PAYLOAD.length) throw new AssertionError(out);
  }

  private static long serverGarbage(Transport transport, Opcode opcode, int messagesInOneRead)
      throws IOException {
    try (WebSocketServer server =
            WebSocketServer.at("127.0.0.1:0")
                .transport(transport)
                .threads(1)
                .callbacks("/", ws -> ws.onText(ws::send).onBinary(ws::send))
                .start();
        EchoClient client = EchoClient.connect(server.port(), opcode, PAYLOAD, messagesInOneRead)) {
      Thread loop = eventLoop();
      long bytes = steadyBytes(loop, () -> client.exchange(TURNS));
      return bytes - messagesInOneRead * messageBytes(opcode);
    }
  }

  // The bytes that a thread allocates a turn, once that is the same three times running; else the
  // least of all.
  private static long steadyBytes(Thread thread, Turns turns) throws IOException {
    long least = Long.MAX_VALUE;
    int equal = 0;
    for (int round = 0; round < MAX_ROUNDS && (round < MIN_ROUNDS || equal < 3); round++) {
      long before = Allocation.bytesOf(thread);
      turns.run();
      long bytes = Math.round((double) (Allocation.bytesOf(thread) - before) / TURNS);
      equal = bytes == least ? equal + 1 : bytes < least ? 1 : 0;
      least = Math.min(least, bytes);
    }
    return least;
  }

  private static Thread eventLoop() {
    List<Thread> loops =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith("priz-server-"))
            .toList();
    assertThat(loops).hasSize(1);
    return loops.getFirst();
  }

  /** Work that is done so many times at once. */
  @FunctionalInterface
  private interface Turns {
    void run() throws IOException;
  }
}
