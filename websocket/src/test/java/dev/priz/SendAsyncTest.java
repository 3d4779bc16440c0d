package dev.priz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.priz.protocol.Binary;
import dev.priz.protocol.Close;
import dev.priz.protocol.Ping;
import dev.priz.protocol.Text;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Sending without waiting, and waiting for what was sent. */
final class SendAsyncTest {
  private Ends ends;

  @BeforeEach
  void open() {
    ends = Ends.open();
  }

  @AfterEach
  void close() {
    ends.close();
  }

  @Test
  void completesOnceTheMessageIsInTheSocket() throws InterruptedException {
    var text = ends.client().sendAsync(new Text("text"));
    var binary = ends.client().sendAsync(new Binary(new byte[] {1}));

    Soon.value(text);
    Soon.value(binary);

    assertThat(ends.server().receive()).isEqualTo(new Text("text"));
    assertThat(ends.server().receive()).isEqualTo(new Binary(new byte[] {1}));
  }

  @Test
  void sendsControlFramesToo() throws InterruptedException {
    ends.server().showControlFrames();

    Soon.value(ends.client().sendAsync(new Ping(new byte[] {1})));

    assertThat(ends.server().receive()).isEqualTo(new Ping(new byte[] {1}));
  }

  @Test
  void completesForCallbacksOnTheEventLoop() throws InterruptedException {
    var written = new CompletableFuture<Void>();
    ends.server()
        .onText(
            text -> ends.server().sendAsync(new Text(text)).thenRun(() -> written.complete(null)));

    ends.client().send("echo");

    Soon.value(written);
    assertThat(ends.client().receive()).isEqualTo(new Text("echo"));
  }

  @Test
  @DisplayName("AP-06 refuses to wait on the event loop for what the event loop does")
  void refusesToWaitOnTheEventLoop() throws Exception {
    BlockingQueue<Throwable> refusals = new LinkedBlockingQueue<>();
    WebSocket ws = ends.server();
    ws.onText(text -> {
      var sent = ws.sendAsync(new Text("sent")).toCompletableFuture();
      refusals.add(catchThrowable(sent::join));
      refusals.add(catchThrowable(sent::get));
      refusals.add(catchThrowable(() -> sent.get(1, TimeUnit.DAYS)));
      refusals.add(catchThrowable(() -> sent.thenRun(() -> {}).join()));
      refusals.add(catchThrowable(() -> ws.whenClosed().toCompletableFuture().join()));
      refusals.add(catchThrowable(() -> ws.closeAsync(4000, "").toCompletableFuture().join()));
    });

    ends.client().send("go");

    for (int i = 0; i < 6; i++) {
      assertThat(Soon.next(refusals))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("would block the event loop");
    }
    assertThat(ends.client().receive()).isEqualTo(new Text("sent"));
    assertThat(ends.client().run().code()).isEqualTo(4000);
  }

  @Test
  void keepsItsPlaceAmongOtherSends() {
    ends.client().send("1");
    ends.client().sendAsync(new Text("2"));
    ends.client().send("3");

    for (String text : List.of("1", "2", "3")) {
      assertThat(ends.server().receive()).isEqualTo(new Text(text));
    }
  }

  @Test
  void failsAfterClosing() throws InterruptedException {
    Threads.run(() -> ends.server().run());
    ends.client().close(4000, "");

    CompletionStage<?> late = ends.client().sendAsync(new Text("late"));

    assertThat(Soon.failure(late))
        .isInstanceOfSatisfying(
            ConnectionClosedException.class,
            refusal -> assertThat(refusal.closed()).isEqualTo(ends.client().closed()));
  }

  @Test
  void failsWhenTooMuchIsWaiting() throws InterruptedException {
    Throwable failure = Soon.failure(sendUntilFull());

    assertThat(failure)
        .isInstanceOf(WebSocketException.class)
        .isNotInstanceOf(ConnectionClosedException.class)
        .hasMessageContaining("too");
    assertThat(ends.client().isOpen()).isTrue();
  }

  @Test
  void losesNothingOfWhatItAccepted() throws InterruptedException {
    Jam jam = Jam.of(ends.client());

    for (int i = 0; i < jam.sent(); i++) {
      assertThat(ends.server().receive().data()).hasSize(Jam.MESSAGE_BYTES);
    }

    Soon.value(jam.stuck());
    ends.client().send("after");
    assertThat(ends.server().receive()).isEqualTo(new Text("after"));
  }

  @Test
  void failsWhatWaitsWhenTheConnectionIsLost() throws InterruptedException {
    Jam jam = Jam.of(ends.client());

    ends.server().abort();

    assertThat(Soon.failure(jam.stuck())).isInstanceOf(ConnectionClosedException.class);
  }

  @Test
  void refusesWhatCannotBeSent() {
    assertThatThrownBy(() -> ends.client().sendAsync(new Text("\ud83d")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ends.client().sendAsync(new Close(1000, "")))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(ends.client().isOpen()).isTrue();
  }

  @Test
  void flushReturnsOnceAllIsWritten() throws InterruptedException {
    var written = ends.client().sendAsync(new Text("text"));

    ends.client().flush();

    assertThat(written.toCompletableFuture()).isDone();
  }

  @Test
  void flushWaitsWhileThePeerDoesNotRead() throws InterruptedException {
    Jam.of(ends.client());

    Thread flushing = Thread.ofVirtual().start(ends.client()::flush);

    Soon.waiting(flushing);
    ends.server().onBinary(data -> {});
    Soon.ended(flushing);
  }

  @Test
  @DisplayName("AP-07 keeps the interrupt of a thread that waits for a flush")
  void flushKeepsTheInterrupt() throws InterruptedException {
    Jam.of(ends.client());
    var kept = new CompletableFuture<Boolean>();
    Thread flushing =
        Thread.ofVirtual()
            .start(() -> {
              try {
                ends.client().flush();
              } catch (WebSocketException expected) {
                kept.complete(Thread.currentThread().isInterrupted());
              }
            });
    Soon.waiting(flushing);

    flushing.interrupt();

    assertThat(Soon.value(kept)).isTrue();
    assertThat(ends.client().isOpen()).isTrue();
  }

  // Sends to the server, which reads nothing yet, until a message is refused.
  private CompletionStage<?> sendUntilFull() {
    CompletableFuture<?> last;
    do {
      last = ends.client().sendAsync(new Binary(new byte[400_000])).toCompletableFuture();
    } while (!last.isCompletedExceptionally());
    return last;
  }
}
