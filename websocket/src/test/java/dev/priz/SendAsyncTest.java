package dev.priz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.priz.protocol.Binary;
import dev.priz.protocol.Close;
import dev.priz.protocol.Ping;
import dev.priz.protocol.Text;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
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
