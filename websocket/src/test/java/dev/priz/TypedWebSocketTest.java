package dev.priz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.priz.protocol.Binary;
import dev.priz.protocol.Close;
import dev.priz.protocol.Message;
import dev.priz.protocol.Opcode;
import dev.priz.protocol.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Values in place of messages, on both sides and in both styles. */
final class TypedWebSocketTest {
  private static final Codec<Integer> NUMBERS = Codec.text(String::valueOf, Integer::valueOf);
  private static final Codec<Byte> BYTES =
      Codec.binary(value -> new byte[] {value}, data -> data[0]);

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
  void sendsValuesAsText() {
    ends.client().as(NUMBERS).send(1);
    ends.server().as(NUMBERS).send(2);

    assertThat(ends.server().receive()).isEqualTo(new Text("1"));
    assertThat(ends.client().receive()).isEqualTo(new Text("2"));
  }

  @Test
  void sendsValuesAsBytes() {
    ends.client().as(BYTES).send((byte) 1);
    ends.server().as(BYTES).send((byte) 2);

    assertThat(ends.server().receive()).isEqualTo(new Binary(new byte[] {1}));
    assertThat(ends.client().receive()).isEqualTo(new Binary(new byte[] {2}));
  }

  @Test
  void sendsValuesWithoutWaiting() throws InterruptedException {
    Soon.value(ends.client().as(NUMBERS).sendAsync(1));

    assertThat(ends.server().receive()).isEqualTo(new Text("1"));
  }

  @Test
  void receivesValuesOnBothSides() {
    ends.client().send("1");
    ends.server().send("2");

    assertThat(ends.server().as(NUMBERS).receive()).isEqualTo(1);
    assertThat(ends.client().as(NUMBERS).receive()).isEqualTo(2);
  }

  @Test
  void givesNullAtTheEnd() {
    ends.client().as(NUMBERS).send(1);
    ends.client().closeAsync(1000, "");

    TypedWebSocket<Integer> numbers = ends.server().as(NUMBERS);

    assertThat(numbers.receive()).isEqualTo(1);
    assertThat(numbers.receive()).isNull();
  }

  @Test
  void iteratesUpToTheEnd() {
    for (int i = 0; i < 3; i++) ends.client().as(NUMBERS).send(i);
    ends.client().closeAsync(1000, "");

    var numbers = ends.server().as(NUMBERS).iterator();

    assertThat(numbers).toIterable().containsExactly(0, 1, 2);
    assertThatThrownBy(numbers::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void callsBackWithValuesOnBothSides() throws InterruptedException {
    ends.server().as(NUMBERS).onMessage(events::add);
    ends.client().as(BYTES).onMessage(events::add);

    ends.client().as(NUMBERS).send(1);
    assertThat(Soon.next(events)).isEqualTo(1);
    ends.server().as(BYTES).send((byte) 2);
    assertThat(Soon.next(events)).isEqualTo((byte) 2);
  }

  @Test
  void servesAsSetupOfCallbacks() throws InterruptedException {
    try (var server =
            WebSocketServer.at("127.0.0.1:0")
                .callbacks(
                    "/",
                    ws -> {
                      TypedWebSocket<Integer> numbers = ws.as(NUMBERS);
                      numbers.onMessage(number -> numbers.send(number + 1));
                    })
                .start();
        var numbers = WebSocket.connect(server.address()).as(NUMBERS)) {
      numbers.send(1);

      assertThat(numbers.receive()).isEqualTo(2);
    }
  }

  @Test
  void encodesOnTheSendingThread() throws InterruptedException {
    TypedWebSocket<Integer> watched = ends.client().as(watchingThreads());

    watched.send(1);
    watched.sendAsync(2);

    assertThat(Soon.next(events)).isSameAs(Thread.currentThread());
    assertThat(Soon.next(events)).isSameAs(Thread.currentThread());
  }

  @Test
  void decodesOnTheReceivingThread() throws InterruptedException {
    ends.client().send("1");

    ends.server().as(watchingThreads()).receive();

    assertThat(Soon.next(events)).isSameAs(Thread.currentThread());
  }

  @Test
  void decodesForACallbackOnTheEventLoop() throws InterruptedException {
    var loop = new CompletableFuture<Thread>();
    ends.server().onOpen(() -> loop.complete(Thread.currentThread()));
    ends.server().as(watchingThreads()).onMessage(number -> events.add(Thread.currentThread()));

    ends.client().send("1");

    assertThat(Soon.next(events)).isSameAs(Soon.value(loop));
    assertThat(Soon.next(events)).isSameAs(Soon.value(loop));
  }

  @Test
  void sendsNothingOfWhatCannotBeEncoded() {
    var cause = new IOException("odd");
    Codec<Integer> even = Codec.text(number -> evenOr(number, cause), Integer::valueOf);
    TypedWebSocket<Integer> numbers = ends.client().as(even);

    assertThatThrownBy(() -> numbers.send(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasCause(cause);
    assertThatThrownBy(() -> numbers.sendAsync(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasCause(cause);
    numbers.send(2);

    assertThat(ends.server().receive()).isEqualTo(new Text("2"));
    assertThat(ends.client().isOpen()).isTrue();
  }

  @Test
  void refusesToSendAControlFrame() {
    TypedWebSocket<Integer> closing = ends.client().as(of(number -> new Close(4000, "")));

    assertThatThrownBy(() -> closing.send(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the codec made a CLOSE, not TEXT or BINARY");
    assertThat(ends.client().isOpen()).isTrue();
  }

  @Test
  void failsToSendAfterTheEnd() throws InterruptedException {
    Threads.run(ends.server()::run);
    TypedWebSocket<Integer> numbers = ends.client().as(NUMBERS);
    numbers.close();

    assertThatThrownBy(() -> numbers.send(1)).isInstanceOf(ConnectionClosedException.class);
    assertThat(Soon.failure(numbers.sendAsync(1))).isInstanceOf(ConnectionClosedException.class);
  }

  @Test
  void takesBothKindsIfTheCodecDoes() {
    ends.client().send("abc");
    ends.client().send(new byte[5]);

    TypedWebSocket<Integer> lengths = ends.server().as(of(number -> new Text("")));

    assertThat(lengths.receive()).isEqualTo(3);
    assertThat(lengths.receive()).isEqualTo(5);
  }

  @Test
  void skipsControlFramesThatAreShown() {
    ends.server().showControlFrames();
    ends.client().sendPing(new byte[0]);
    ends.client().send("1");
    ends.client().closeAsync(1000, "");

    assertThat(ends.server().as(NUMBERS)).containsExactly(1);
  }

  @Test
  void sharesTheConnectionWithThePlainView() {
    ends.client().send("plain");
    ends.client().as(NUMBERS).send(1);

    TypedWebSocket<Integer> numbers = ends.server().as(NUMBERS);

    assertThat(numbers.webSocket()).isSameAs(ends.server());
    assertThat(numbers.webSocket().receive()).isEqualTo(new Text("plain"));
    assertThat(numbers.receive()).isEqualTo(1);
    assertThat(numbers).hasToString(ends.server().toString());
  }

  @Test
  void closesTheConnection() {
    Threads.run(ends.server()::run);

    try (TypedWebSocket<Integer> numbers = ends.client().as(NUMBERS)) {
      numbers.send(1);
    }

    assertThat(ends.client().closed()).extracting("code").isEqualTo(1000);
  }

  @Test
  void keepsTheOrderOfEachThread() throws InterruptedException {
    TypedWebSocket<Integer> numbers = ends.client().as(NUMBERS);
    var one = Threads.run(() -> sendUp(numbers, 0, 1_000));
    var other = Threads.run(() -> sendUp(numbers, 1_000, 2_000));

    List<Integer> received = new ArrayList<>();
    for (int number : ends.server().as(NUMBERS)) {
      received.add(number);
      if (received.size() == 2_000) break;
    }

    Soon.value(one);
    Soon.value(other);
    assertThat(received).filteredOn(number -> number < 1_000).isSorted().hasSize(1_000);
    assertThat(received).filteredOn(number -> number >= 1_000).isSorted().hasSize(1_000);
  }

  private static void sendUp(TypedWebSocket<Integer> numbers, int from, int to) {
    for (int number = from; number < to; number++) numbers.send(number);
  }

  private Codec<Integer> watchingThreads() {
    return Codec.text(
        number -> {
          events.add(Thread.currentThread());
          return number.toString();
        },
        text -> {
          events.add(Thread.currentThread());
          return Integer.valueOf(text);
        });
  }

  private static String evenOr(int number, Exception otherwise) throws Exception {
    if (number % 2 != 0) throw otherwise;
    return Integer.toString(number);
  }

  /** Decodes to the number of bytes, of both kinds. */
  private static Codec<Integer> of(Codec.Conversion<Integer, Message> encoder) {
    return new Codec<>() {
      @Override
      public Message encode(Integer value) throws Exception {
        return encoder.convert(value);
      }

      @Override
      public boolean accepts(Opcode kind) {
        return true;
      }

      @Override
      public Integer decode(Message message) {
        return message.data().length;
      }
    };
  }
}
