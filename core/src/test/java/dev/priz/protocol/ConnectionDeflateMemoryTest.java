package dev.priz.protocol;

import static dev.priz.protocol.Wire.MASK_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.priz.payloads.PayloadKind;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What {@link Connection} holds and allocates for compression. */
final class ConnectionDeflateMemoryTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int CONNECTIONS = 2_000;
  private static final int MESSAGES = 40;
  private static final DeflateAgreement TAKEOVER = new DeflateAgreement(true, 12, true, 12);
  private static final DeflateAgreement ALONE = new DeflateAgreement(false, 15, false, 15);

  private final Scratch scratch = new Scratch();
  private final ByteBuffer wire = ByteBuffer.allocate(16_384);

  @Test
  @DisplayName("PD-19 holds at most 21 KiB with takeover and windows of 4 KiB")
  void holdsLittleWithTakeover() {
    assertThat(heldByEach(TAKEOVER, DeflateOptions.DEDICATED)).isBetween(15_000L, 21L * 1_024);
  }

  @Test
  @DisplayName("PD-19 holds next to nothing without takeover")
  void holdsNextToNothingWithoutTakeover() {
    assertThat(heldByEach(ALONE, DeflateOptions.SHARED)).isLessThan(700);
  }

  @Test
  void holdsNothingOfALargeMessage() {
    byte[] large = new byte[1 << 20];
    List<Connection> connections = new ArrayList<>();
    long before = usedHeap();
    for (int i = 0; i < 20; i++) {
      Connection server = open(Side.SERVER, ALONE, DeflateOptions.SHARED);
      Connection client = open(Side.CLIENT, ALONE, DeflateOptions.SHARED);
      exchange(server, client, large);
      exchange(client, server, large);
      connections.addAll(List.of(server, client));
    }

    assertThat((usedHeap() - before) / connections.size()).isLessThan(50_000);
  }

  @Test
  void allocatesNoMoreForAMessageThanTheApplicationReceives() {
    long least = Long.MAX_VALUE;
    byte[] payload = PayloadKind.CHAT.payload(1_024, 1);
    var sender = open(Side.SERVER, ALONE, DeflateOptions.SHARED);
    var receiver = open(Side.CLIENT, ALONE, DeflateOptions.SHARED);
    for (int round = 0; round < 20; round++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 100; i++) exchange(sender, receiver, payload);
      least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
    }

    // A record and an array of 1,024 bytes, each with its head.
    assertThat(least).isLessThanOrEqualTo(100 * (16 + 1_024 + 16));
  }

  // Of a server's and a client's connection, half of the sum, because each sends and receives.
  private long heldByEach(DeflateAgreement agreement, DeflateOptions options) {
    exchangeSome(open(Side.SERVER, agreement, options), open(Side.CLIENT, agreement, options), 0);
    List<Connection> connections = new ArrayList<>(2 * CONNECTIONS);
    long before = usedHeap();
    for (int i = 0; i < CONNECTIONS; i++) {
      Connection server = open(Side.SERVER, agreement, options);
      Connection client = open(Side.CLIENT, agreement, options);
      exchangeSome(server, client, i);
      connections.add(server);
      connections.add(client);
    }
    return (usedHeap() - before) / connections.size();
  }

  private void exchangeSome(Connection server, Connection client, int seed) {
    for (int i = 0; i < MESSAGES; i++) {
      byte[] payload = PayloadKind.CHAT.payload(200, seed * 31L + i);
      exchange(server, client, payload);
      exchange(client, server, payload);
    }
  }

  private void exchange(Connection sender, Connection receiver, byte[] payload) {
    sender.send(Opcode.BINARY, true, true, payload, wire.clear());
    Event event = receiver.receive(wire.flip(), 0);
    assert event instanceof Binary binary && binary.data().length == payload.length : event;
  }

  private Connection open(Side side, DeflateAgreement agreement, DeflateOptions options) {
    var connection =
        new Connection(side, Limits.DEFAULT, Timeouts.DEFAULT, () -> MASK_KEY, scratch, 0);
    connection.deflate(agreement, options);
    return connection;
  }

  private static long usedHeap() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }
}
