package dev.priz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.protocol.Binary;
import dev.priz.protocol.Closed;
import dev.priz.protocol.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is called when. */
final class CallbacksTest {
  private final BlockingQueue<Object> events = new LinkedBlockingQueue<>();
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
  void callsAllInTheOrderOfWhatCame() throws InterruptedException {
    ends.server()
        .onOpen(() -> events.add("open"))
        .onText(events::add)
        .onBinary(data -> events.add(data.length))
        .onPing(data -> events.add("ping"))
        .onPong(data -> events.add("pong"))
        .onClose(how -> events.add(how.code()));

    ends.client().send("text");
    ends.client().sendPing(new byte[0]);
    ends.client().send(new byte[3]);
    ends.client().sendPong(new byte[0]);
    ends.client().close(4000, "");

    for (Object expected : new Object[] {"open", "text", "ping", 3, "pong", 4000}) {
      assertThat(Soon.next(events)).isEqualTo(expected);
    }
  }

  @Test
  void callsThoseThatWereGivenToConnect() throws InterruptedException {
    ends.server().onText(ends.server()::send);
    WebSocket ws =
        ends.connector()
            .connect(
                ends.acceptor().address(),
                given -> given.onText(events::add).onOpen(() -> events.add("open")));
    ends.acceptor().accept().send("hello");

    assertThat(Soon.next(events)).isEqualTo("open");
    assertThat(Soon.next(events)).isEqualTo("hello");
    ws.abort();
  }

  @Test
  void givesOnMessageWhatHasNoCallbackOfItsOwn() throws InterruptedException {
    ends.server().onText(events::add).onMessage(events::add);

    ends.client().send("text");
    ends.client().send(new byte[] {1});

    assertThat(Soon.next(events)).isEqualTo("text");
    assertThat(Soon.next(events)).isEqualTo(new Binary(new byte[] {1}));
  }

  @Test
  void givesOnMessageBothKinds() throws InterruptedException {
    ends.server().onMessage(events::add);

    ends.client().send("text");
    ends.client().send(new byte[] {1});

    assertThat(Soon.next(events)).isEqualTo(new Text("text"));
    assertThat(Soon.next(events)).isEqualTo(new Binary(new byte[] {1}));
  }

  @Test
  @DisplayName("AP-09 gives a callback bytes to keep")
  void givesACallbackBytesToKeep() throws InterruptedException {
    ends.server().onBinary(events::add);

    ends.client().send(new byte[] {1, 1, 1});
    ends.client().send(new byte[] {2, 2, 2});

    Object first = Soon.next(events);
    assertThat(Soon.next(events)).isEqualTo(new byte[] {2, 2, 2});
    assertThat(first).isEqualTo(new byte[] {1, 1, 1});
  }

  @Test
  @DisplayName("AP-09 gives a callback bytes to change, and answers a Ping with those that came")
  void givesACallbackBytesToChange() throws InterruptedException {
    List<byte[]> kept = new ArrayList<>();
    ends.client().onPong(data -> events.add(data.clone())).onBinary(events::add);
    ends.server()
        .onPing(data -> {
          Arrays.fill(data, (byte) -1);
          kept.add(data);
        })
        .onBinary(data -> {
          Arrays.fill(data, (byte) -2);
          kept.add(data);
          ends.server().send(kept.getFirst());
          kept.forEach(each -> Arrays.fill(each, (byte) -3));
        });

    ends.client().sendPing(new byte[] {1, 2});
    ends.client().send(new byte[] {3, 4});
    ends.client().send(new byte[] {5, 6});

    assertThat(Soon.next(events)).isEqualTo(new byte[] {1, 2});
    assertThat(Soon.next(events)).isEqualTo(new byte[] {-1, -1});
    assertThat(Soon.next(events)).isEqualTo(new byte[] {-3, -3});
  }

  @Test
  void neverCallsTwoAtOnce() throws InterruptedException {
    var inside = new AtomicInteger();
    ends.server()
        .onText(text -> {
          if (inside.incrementAndGet() != 1) events.add("two at once");
          Thread.onSpinWait();
          inside.decrementAndGet();
          if (text.equals("last")) events.add(text);
        });

    for (int i = 0; i < 1_000; i++) ends.client().send("text");
    ends.client().send("last");

    assertThat(Soon.next(events)).isEqualTo("last");
  }

  @Test
  void closesWith1003WhereOnlyTextIsExpectedAndBinaryComes() throws InterruptedException {
    try (var server =
            WebSocketServer.at("127.0.0.1:0").callbacks("/", ws -> ws.onText(events::add)).start();
        var ws = WebSocket.connect(server.address())) {
      ws.send("text");
      ws.send(new byte[1]);

      Closed how = ws.run();

      assertThat(Soon.next(events)).isEqualTo("text");
      assertThat(how.code()).isEqualTo(1003);
      assertThat(how.by()).isEqualTo(Closed.By.PEER);
    }
  }

  @Test
  void closesWith1003WhereOnlyBinaryIsExpectedAndTextComes() {
    try (var server =
            WebSocketServer.at("127.0.0.1:0")
                .callbacks("/", ws -> ws.onBinary(data -> {}))
                .start();
        var ws = WebSocket.connect(server.address())) {
      ws.send("text");

      assertThat(ws.run().code()).isEqualTo(1003);
    }
  }

  @Test
  void dropsMessagesWhereNoneIsExpected() throws InterruptedException {
    try (var server =
            WebSocketServer.at("127.0.0.1:0")
                .callbacks("/", ws -> ws.onPing(data -> events.add("ping")))
                .start();
        var ws = WebSocket.connect(server.address())) {
      ws.send("text");
      ws.send(new byte[1]);
      ws.sendPing(new byte[0]);

      assertThat(Soon.next(events)).isEqualTo("ping");
      assertThat(ws.isOpen()).isTrue();
    }
  }

  @Test
  void runReturnsHowTheConnectionEnded() throws InterruptedException {
    var running = Threads.call(ends.client()::run);

    ends.server().closeAsync(4002, "go");

    Closed how = Soon.value(running);
    assertThat(how.code()).isEqualTo(4002);
    assertThat(how.reason()).isEqualTo("go");
    assertThat(ends.client().closed()).isEqualTo(how);
  }

  @Test
  void runKeepsTheCallbacksGoing() throws InterruptedException {
    ends.client().onText(events::add);
    var running = Threads.call(ends.client()::run);

    ends.server().send("while it runs");

    assertThat(Soon.next(events)).isEqualTo("while it runs");
    assertThat(running).isNotDone();
  }

  @Test
  void completesWhenClosedAfterOnClose() throws InterruptedException {
    ends.client().onClose(how -> events.add("onClose"));
    ends.client().whenClosed().thenAccept(how -> events.add("whenClosed"));

    ends.client().close();

    assertThat(Soon.next(events)).isEqualTo("onClose");
    assertThat(Soon.next(events)).isEqualTo("whenClosed");
  }

  @Test
  void callsOnCloseOnceAndLast() throws InterruptedException {
    ends.server().onText(events::add).onClose(how -> events.add("closed"));

    for (int i = 0; i < 100; i++) ends.client().send("text");
    ends.client().close();
    Soon.value(ends.server().whenClosed());

    assertThat(events).hasSize(101);
    assertThat(events.stream().filter("closed"::equals)).hasSize(1);
    assertThat(events.toArray()[100]).isEqualTo("closed");
  }
}
