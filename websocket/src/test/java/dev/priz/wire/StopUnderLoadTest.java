package dev.priz.wire;

import static dev.priz.wire.Wire.HELLO;
import static dev.priz.wire.Wire.MASKED_HELLO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.Decision;
import dev.priz.Transport;
import dev.priz.WebSocketServer;
import dev.priz.protocol.Text;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A server that stops while clients come, shake hands, are decided on, talk, and are told. */
class StopUnderLoadTest {
  private static final int CLIENTS = 200;

  private final Deque<RawSocket> peers = new ArrayDeque<>();
  private final AtomicBoolean over = new AtomicBoolean();

  @AfterEach
  void closePeers() throws Exception {
    over.set(true);
    for (RawSocket peer : peers) peer.close();
  }

  @ParameterizedTest(
      name = "AP-12 stops within 10 s, and says nothing of what it interrupts, on {0}")
  @MethodSource("dev.priz.wire.Transports#working")
  @DisplayName("AP-12 stops within 10 s amid all that can be under way")
  void stopsAmidAllThatCanBeUnderWay(Transport transport) throws Exception {
    var broadcasting = new CountDownLatch(1);
    try (var log = LogCapture.start()) {
      WebSocketServer server =
          WebSocketServer.at("127.0.0.1:0")
              .transport(transport)
              .handshakeAsync(handshake ->
                  handshake.request().path().equals("/never")
                      ? new CompletableFuture<>()
                      : CompletableFuture.completedFuture(Decision.accept()))
              .callbacks("/*", ws -> ws.onText(ws::send))
              .start();
      for (int i = 0; i < CLIENTS; i++) {
        peers.add(RawSocket.open(server, "/"));
        peers.getLast().send(MASKED_HELLO);
        assertThat(peers.getLast().read(7)).isEqualTo(HELLO);
        peers.add(RawSocket.to(server.port()).send(Wire.request("/never")));
        peers.add(RawSocket.to(server.port()).send("GET / HT"));
      }
      Thread broadcast = Thread.ofPlatform().start(() -> broadcast(server, broadcasting));
      Thread coming = Thread.ofPlatform().start(() -> comeAgain(server.port()));
      assertThat(broadcasting.await(10, TimeUnit.SECONDS)).isTrue();

      long start = System.nanoTime();
      server.close();
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      over.set(true);
      broadcast.join();
      coming.join();

      assertThat(took).isLessThan(Duration.ofSeconds(12));
      assertThat(log.text()).isEmpty();
    }
  }

  private void broadcast(WebSocketServer server, CountDownLatch begun) {
    while (!over.get()) {
      server.connections().forEach(ws -> ws.sendAsync(new Text("to all")));
      begun.countDown();
      // Leak detection, as tests have it, makes a stack trace of each buffer: millions take
      // minutes.
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  private void comeAgain(int port) {
    while (!over.get()) {
      try (var peer = RawSocket.to(port)) {
        peer.sendUntilRefused(Wire.request("/"), 1);
        peer.readHead();
      } catch (IOException stopped) {
        // Refused from now on.
      }
    }
  }
}
