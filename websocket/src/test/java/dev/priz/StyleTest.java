package dev.priz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.priz.protocol.Text;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A connection is received in one way, and its event loop never waits. */
final class StyleTest {
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
  void refusesMessageCallbacksAfterReceive() {
    ends.client().send("first");
    ends.server().receive();

    assertThatThrownBy(() -> ends.server().onText(text -> {}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("receive()");
    assertThatThrownBy(() -> ends.server().onBinary(data -> {}))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> ends.server().onMessage(message -> {}))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> ends.server().onPing(data -> {}))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> ends.server().onPong(data -> {}))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void refusesReceiveAfterMessageCallbacks() {
    ends.server().onText(text -> {});

    assertThatThrownBy(() -> ends.server().receive())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("callbacks");
    assertThatThrownBy(() -> ends.server().iterator().hasNext())
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> ends.server().receiveStream())
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void refusesStreamsAfterReceive() {
    ends.client().send("first");
    ends.server().receive();

    assertThatThrownBy(() -> ends.server().receiveStream())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("receiveStream()");
  }

  @Test
  void refusesReceiveAfterStreams() {
    ends.client().send("first");
    ends.server().receiveStream();

    assertThatThrownBy(() -> ends.server().receive()).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void letsOnOpenOnCloseAndOnErrorGoWithReceive() throws InterruptedException {
    var opened = new CompletableFuture<Void>();
    var closed = new CompletableFuture<Integer>();
    ends.server().onOpen(() -> opened.complete(null)).onError(cause -> {});
    ends.server().onClose(how -> closed.complete(how.code()));
    ends.client().send("received");
    ends.client().closeAsync(4000, "");

    assertThat(ends.server()).containsExactly(new Text("received"));
    assertThat(Soon.value(closed)).isEqualTo(4000);
    Soon.value(opened);
  }

  @Test
  void keepsGoingWhenAnotherStyleWasRefused() {
    ends.client().send("first");
    ends.client().send("second");
    ends.server().receive();

    assertThatThrownBy(() -> ends.server().onText(text -> {}))
        .isInstanceOf(IllegalStateException.class);

    assertThat(ends.server().receive()).isEqualTo(new Text("second"));
  }

  @Test
  void refusesToWaitForMessagesOnTheEventLoop() throws InterruptedException {
    assertThat(thrownOnTheLoop(() -> ends.client().receive())).contains("event loop");
    assertThat(thrownOnTheLoop(() -> ends.client().forEach(message -> {}))).contains("event loop");
    assertThat(thrownOnTheLoop(() -> ends.client().receiveStream())).contains("event loop");
  }

  @Test
  void refusesToWaitForTheEndOnTheEventLoop() throws InterruptedException {
    assertThat(thrownOnTheLoop(() -> ends.client().run())).contains("event loop");
  }

  @Test
  void refusesToFlushOnTheEventLoop() throws InterruptedException {
    assertThat(thrownOnTheLoop(() -> ends.client().flush())).contains("event loop");
  }

  @Test
  void refusesToConnectOnTheEventLoop() throws InterruptedException {
    String address = ends.acceptor().address();

    assertThat(thrownOnTheLoop(() -> ends.connector().connect(address))).contains("event loop");
  }

  @Test
  void decidesNothingWhenItRefusesToWait() throws InterruptedException {
    thrownOnTheLoop(() -> ends.client().receive());
    var text = new CompletableFuture<String>();

    ends.client().onText(text::complete);

    ends.server().send("to the callback");
    assertThat(Soon.value(text)).isEqualTo("to the callback");
  }

  // What an action of the client's event loop throws.
  private String thrownOnTheLoop(Runnable action) throws InterruptedException {
    var message = new CompletableFuture<String>();
    ends.client()
        .onOpen(() -> {
          try {
            action.run();
            message.complete("nothing");
          } catch (IllegalStateException refusal) {
            message.complete(refusal.getMessage());
          }
        });
    return Soon.value(message);
  }
}
