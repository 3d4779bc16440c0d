package dev.priz.wire;

import static dev.priz.wire.Wire.HELLO;
import static dev.priz.wire.Wire.MASKED_HELLO;
import static dev.priz.wire.Wire.binary;
import static dev.priz.wire.Wire.maskedBinary;
import static dev.priz.wire.Wire.maskedText;
import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.ConnectionClosedException;
import dev.priz.ConnectionOptions;
import dev.priz.OutgoingMessage;
import dev.priz.Transport;
import dev.priz.WebSocket;
import dev.priz.WebSocketException;
import dev.priz.WebSocketServer;
import dev.priz.WebSocketServerBuilder;
import dev.priz.protocol.Binary;
import dev.priz.protocol.Message;
import dev.priz.protocol.Opcode;
import dev.priz.protocol.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Peers that read slowly or not at all, and applications that do. */
@ParameterizedClass
@MethodSource("dev.priz.wire.Transports#working")
class BackpressureTest {
  private static final int MESSAGE_BYTES = 60_000;
  private static final byte[] MESSAGE = Wire.bytes(MESSAGE_BYTES);
  private static final int FRAME_BYTES = binary(MESSAGE).length;
  // Far more than the operating system takes for both ends together.
  private static final int FAR_TOO_MANY = 5_000;
  private static final int TAKEN_BY_THE_SYSTEM = FAR_TOO_MANY / 4;

  private final Events events = new Events();
  private final Transport transport;
  private ConnectionOptions options = ConnectionOptions.DEFAULT;

  BackpressureTest(Transport transport) {
    this.transport = transport;
  }

  @Test
  void anEchoStopsReadingAPeerThatDoesNotReadAndLosesNothing() throws Exception {
    try (var server = server().callbacks("/", ws -> ws.onBinary(ws::send)).start();
        var peer = Flood.open(server.port(), "/")) {
      int sent = peer.writeUntilStalled(maskedBinary(MESSAGE), FAR_TOO_MANY);

      assertThat(sent).isLessThan(TAKEN_BY_THE_SYSTEM);
      for (int i = 0; i < sent; i++) {
        assertThat(peer.read(FRAME_BYTES)).as("message %d", i).isEqualTo(binary(MESSAGE));
      }
      assertThat(peer.send(maskedBinary(new byte[3])).read(5)).isEqualTo(binary(new byte[3]));
    }
  }

  @Test
  @DisplayName("RS-18 holds back a peer whose messages nobody receives, and loses none")
  void aLoopThatDoesNotReceiveHoldsThePeerBackAndLosesNothing() throws Exception {
    var go = new CountDownLatch(1);
    var received = new AtomicInteger();
    try (var server =
            server()
                .route(
                    "/",
                    ws -> {
                      assertThat(ws.receive().text()).isEqualTo("first");
                      assertThat(go.await(20, TimeUnit.SECONDS)).isTrue();
                      for (Message message : ws) {
                        if (message instanceof Binary) received.incrementAndGet();
                        if (!(message instanceof Binary)) ws.send(message);
                      }
                    })
                .start();
        var peer = Flood.open(server.port(), "/")) {
      peer.send(maskedText("first"));
      int sent = peer.writeUntilStalled(maskedBinary(MESSAGE), FAR_TOO_MANY);

      assertThat(sent).isLessThan(TAKEN_BY_THE_SYSTEM);
      go.countDown();
      assertThat(peer.send(MASKED_HELLO).read(7)).isEqualTo(HELLO);
      assertThat(received).hasValue(sent);
    }
  }

  @Test
  @DisplayName("RS-18 holds back peers that send faster than is received, however fast they are")
  void slowLoopsHoldFastPeersBack() throws Exception {
    byte[] frame = maskedBinary(new byte[1 << 20]);
    int receivedAtMost = 60;
    var receiving = new CountDownLatch(4 * receivedAtMost);
    List<FutureTask<Integer>> peers = new ArrayList<>();
    try (var server =
        server()
            .threads(1)
            .route("/", ws -> receiveSlowly(ws, receiving, receivedAtMost))
            .start()) {
      for (int i = 0; i < 4; i++) {
        var peer =
            new FutureTask<>(() -> {
              try (var flood = Flood.openWide(server.port(), "/")) {
                return flood.writeUntil(() -> receiving.getCount() == 0, frame);
              }
            });
        Thread.ofPlatform().daemon().start(peer);
        peers.add(peer);
      }
      for (FutureTask<Integer> peer : peers) {
        // The operating system takes up to ten for both ends, and some are on their way.
        assertThat(peer.get(60, TimeUnit.SECONDS)).isLessThan(receivedAtMost + 40);
      }
    }
  }

  private static void receiveSlowly(WebSocket ws, CountDownLatch receiving, int most)
      throws InterruptedException {
    for (int i = 0; i < most && ws.receive() != null; i++) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
      receiving.countDown();
    }
    receiving.await();
  }

  @Test
  void aLoopThatSendsWaitsUntilThePeerReadsAgain() throws Exception {
    var sent = new AtomicInteger();
    var sender = new FutureTask<>(Thread::currentThread);
    try (var server =
            server()
                .route(
                    "/",
                    ws -> {
                      sender.run();
                      while (sent.get() < 1_000) {
                        ws.send(MESSAGE);
                        sent.incrementAndGet();
                      }
                    })
                .start();
        var peer = Flood.open(server.port(), "/")) {
      awaitWaiting(sender.get(10, TimeUnit.SECONDS));

      assertThat(sent).hasValueLessThan(1_000);
      for (int i = 0; i < 1_000; i++) {
        assertThat(peer.read(FRAME_BYTES)).as("message %d", i).isEqualTo(binary(MESSAGE));
      }
    }
  }

  @Test
  void anInterruptDoesNotTearALongMessageApart() throws Exception {
    byte[] big = new byte[20 << 20];
    options = options.fragmentBytes(MESSAGE_BYTES);
    try (var server = server().start();
        var peer = Flood.open(server.port(), "/")) {
      WebSocket ws = server.accept();
      var sending =
          new FutureTask<>(() -> {
            ws.send(big);
            return Thread.interrupted();
          });
      Thread thread = Thread.ofPlatform().daemon().start(sending);
      awaitWaiting(thread);
      thread.interrupt();

      assertThat(sending.get(10, TimeUnit.SECONDS)).as("interrupted").isTrue();
      int fragments = (big.length + MESSAGE_BYTES - 1) / MESSAGE_BYTES;
      assertThat(peer.read(big.length + 4 * fragments)).startsWith(0x02, 0x7e);
      ws.send("next");
      assertThat(peer.read(6)).isEqualTo(Wire.text("next"));
      ws.abort();
    }
  }

  @Test
  void anInterruptBeforeAMessageLeavesItOut() throws Exception {
    try (var server = server().start();
        var peer = Flood.open(server.port(), "/")) {
      WebSocket ws = server.accept();
      var sent = new AtomicInteger();
      var sending =
          new FutureTask<>(() -> {
            try {
              while (sent.get() < FAR_TOO_MANY) {
                ws.send(MESSAGE);
                sent.incrementAndGet();
              }
              return "never waited";
            } catch (WebSocketException interrupted) {
              return interrupted.getMessage() + " " + Thread.interrupted();
            }
          });
      Thread thread = Thread.ofPlatform().daemon().start(sending);
      awaitWaiting(thread);
      thread.interrupt();

      assertThat(sending.get(10, TimeUnit.SECONDS))
          .isEqualTo("interrupted while waiting to send true");
      ws.sendAsync(new Text("Hello"));
      peer.read(sent.get() * FRAME_BYTES);
      assertThat(peer.read(7)).isEqualTo(HELLO);
      ws.abort();
    }
  }

  @Test
  void rs10CallbacksThatSendTooMuchGiveThePeerUp() throws Exception {
    assertGivenUp(ws -> ws.send(MESSAGE));
  }

  @Test
  void rs10CallbacksThatSendTooManyBigMessagesGiveThePeerUp() throws Exception {
    byte[] big = new byte[3 << 20];
    assertGivenUp(ws -> ws.send(big));
  }

  @Test
  void rs10CallbacksThatSendTooManyFragmentsGiveThePeerUp() throws Exception {
    assertGivenUp(ws -> {
      try (OutgoingMessage message = ws.sendFragments(Opcode.BINARY)) {
        for (int i = 0; i < FAR_TOO_MANY; i++) message.send(MESSAGE);
      }
    });
  }

  @Test
  void rs10CallbacksThatSendTooManyEmptyMessagesGiveThePeerUp() throws Exception {
    options = options.sendQueue(8 * 1024, 64 * 1024);
    assertGivenUp(ws -> {
      for (int i = 0; i < 1_000; i++) ws.send("");
    });
  }

  @Test
  void sendAsyncRefusesMoreThanTheCap() throws Exception {
    try (var server = server().start();
        var peer = Flood.open(server.port(), "/")) {
      WebSocket ws = server.accept();
      int accepted = -1;
      CompletableFuture<Void> last;
      do {
        last = ws.sendAsync(new Binary(MESSAGE)).toCompletableFuture();
        accepted++;
      } while (!last.isCompletedExceptionally() && accepted < FAR_TOO_MANY);

      assertThat(accepted).isLessThan(TAKEN_BY_THE_SYSTEM);
      assertThat(last)
          .failsWithin(Duration.ofSeconds(10))
          .withThrowableThat()
          .withMessageContaining("the peer reads too slowly");
      peer.read(accepted * FRAME_BYTES);
      ws.abort();
    }
  }

  // Has callbacks send until the peer is given up; another connection is served all along.
  private void assertGivenUp(Consumer<WebSocket> send) throws Exception {
    try (var server =
            server()
                .threads(1)
                .callbacks("/", ws -> flood(ws, send))
                .callbacks("/other", ws -> ws.onText(ws::send))
                .start();
        var other = RawSocket.open(server, "/other");
        var peer = Flood.open(server.port(), "/")) {
      peer.send(maskedText("flood"));

      assertThat(events.next()).isEqualTo("refused with 1013");
      assertThat(other.send(MASKED_HELLO).read(7)).isEqualTo(HELLO);
      assertThat(events.toClose()).containsExactly("close 1013");
      peer.awaitReset();
    }
  }

  private void flood(WebSocket ws, Consumer<WebSocket> send) {
    ws.onText(text -> {
      try {
        for (int i = 0; i < FAR_TOO_MANY; i++) send.accept(ws);
        events.add("sent everything");
      } catch (ConnectionClosedException refused) {
        events.add("refused with " + refused.closed().code());
      }
    });
    ws.onClose(closed -> events.add("close " + closed.code()));
  }

  private WebSocketServerBuilder server() {
    return WebSocketServer.at("127.0.0.1:0").transport(transport).options(options);
  }

  private static void awaitWaiting(Thread thread) {
    long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    int looks = 0;
    // A sender may wait for a moment although the peer reads; one that waits at many looks in a row
    // is held up.
    while (looks < 1_000) {
      looks = thread.getState() == Thread.State.WAITING ? looks + 1 : 0;
      assertThat(System.nanoTime()).as("never waits").isLessThan(deadlineNanos);
      Thread.onSpinWait();
    }
  }
}
