package dev.priz;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a callback does to connections, clients and servers of other event loops: never does it make
 * its own loop wait.
 */
final class OtherLoopTest {
  // Less than what a callback that waits would wait for.
  private static final int AT_ONCE_SECONDS = 4;

  private final CountDownLatch released = new CountDownLatch(1);
  private Ends near;
  private Ends far;

  @BeforeEach
  void open() {
    near = Ends.open();
    far = Ends.open();
  }

  @AfterEach
  void close() {
    released.countDown();
    near.close();
    far.close();
  }

  @Test
  void givesUpASlowPeerInsteadOfWaiting() throws InterruptedException {
    assertThat(
            failure(() -> {
              for (int i = 0; i < 1_000; i++) far.server().send(new byte[100_000]);
            }))
        .isInstanceOf(ConnectionClosedException.class);

    assertThat(Soon.value(far.server().whenClosed()).code()).isEqualTo(1013);
  }

  @Test
  void refusesToWaitForMessagesAndTheirEnd() {
    assertThat(failure(far.server()::receive)).isInstanceOf(IllegalStateException.class);
    assertThat(failure(far.server()::receiveStream)).isInstanceOf(IllegalStateException.class);
    assertThat(failure(far.server()::flush)).isInstanceOf(IllegalStateException.class);
    assertThat(failure(far.server()::run)).isInstanceOf(IllegalStateException.class);
    assertThat(far.server().isOpen()).isTrue();
  }

  @Test
  void refusesToConnectAndOpensNothing() throws InterruptedException {
    Throwable thrown = failure(() -> far.connector().connect(far.acceptor().address()));
    WebSocket next = far.connector().connect(far.acceptor().address());

    assertThat(thrown)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("connect would block the event loop; call it on a thread of your own");
    next.send("the first since then");
    assertThat(Soon.value(Threads.call(() -> far.acceptor().accept().receive().text())))
        .isEqualTo("the first since then");
  }

  @Test
  void refusesToAcceptAndToJoin() {
    assertThat(failure(far.acceptor()::accept)).isInstanceOf(IllegalStateException.class);
    assertThat(failure(far.acceptor()::join)).isInstanceOf(IllegalStateException.class);
    assertThat(failure(near.acceptor()::accept)).isInstanceOf(IllegalStateException.class);
    assertThat(failure(near.acceptor()::join)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void beginsToCloseAConnectionWithoutWaitingForItsPeer() {
    assertThat(failure(() -> far.server().close(4000, ""))).isNull();

    assertThat(far.client().run().code()).isEqualTo(4000);
  }

  @Test
  void beginsToStopAServerWithoutWaitingForItsHandlers() {
    var inHandler = new CountDownLatch(1);
    try (var server =
            WebSocketServer.at("127.0.0.1:0")
                .route(
                    "/",
                    ws -> {
                      inHandler.countDown();
                      Soon.open(released);
                    })
                .start();
        var ws = WebSocket.connect(server.address())) {
      Threads.run(ws::run);
      Threads.run(() -> Soon.open(inHandler)).join();

      assertThat(failure(() -> server.stop(Duration.ofSeconds(20)))).isNull();

      released.countDown();
      server.join();
    }
  }

  @Test
  void closesAClientWithoutWaitingForItsLoop() {
    var inCallback = new CountDownLatch(1);
    far.client()
        .onText(text -> {
          inCallback.countDown();
          block();
        });
    far.server().send("block");
    Threads.run(() -> Soon.open(inCallback)).join();

    assertThat(failure(far.connector()::close)).isNull();
  }

  // As callbacks must not.
  private void block() {
    try {
      Soon.open(released);
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
    }
  }

  /** What something throws, or null, that is called on the event loop of another server. */
  private Throwable failure(Threads.Work work) {
    var outcome = new CompletableFuture<Throwable>();
    near.server()
        .onOpen(() -> {
          try {
            work.run();
            outcome.complete(null);
          } catch (Throwable thrown) {
            outcome.complete(thrown);
          }
        });
    return outcome.orTimeout(AT_ONCE_SECONDS, TimeUnit.SECONDS).join();
  }
}
