package dev.priz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.topic.Outcome;
import dev.priz.topic.Position;
import dev.priz.topic.Publication;
import dev.priz.topic.TopicOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What a client of topics gets, from a real server, through losses of the connection. */
final class TopicRecoveryTest {
  private static final TopicOptions KEPT = TopicOptions.DEFAULT.history(100, Duration.ofMinutes(1));
  private static final TopicOptions ONE = TopicOptions.DEFAULT.history(1, Duration.ofMinutes(1));

  // Comes back soon.
  private static final Timing HASTY =
      new Timing() {
        @Override
        public long nowNanos() {
          return Timing.REAL.nowNanos();
        }

        @Override
        public double random() {
          return 0.005;
        }

        @Override
        public CompletableFuture<@Nullable Void> delay(long nanos) {
          return Timing.REAL.delay(nanos);
        }
      };

  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final BlockingQueue<Position> positions = new LinkedBlockingQueue<>();
  private final List<Integer> heard = new ArrayList<>();

  @AutoClose private WebSocketServer server = start(0);
  @AutoClose private final TopicClient topics = connect();

  @Test
  void getsWhatWasPublishedWhileItWasAway() throws InterruptedException {
    follow("kept/room");
    server.topic("kept/room").publish(Publication.json("1"));
    assertThat(Soon.next(told)).isEqualTo("1");

    topics.disconnect();
    Soon.holds(() -> server.connections().isEmpty(), "the connection is gone");
    for (int i = 2; i <= 50; i++) server.topic("kept/room").publish(Publication.json("" + i));
    topics.reconnect();

    assertThat(Soon.next(told)).isEqualTo("subscribed");
    for (int i = 2; i <= 50; i++) assertThat(Soon.next(told)).isEqualTo("" + i);
  }

  @Test
  void getsEverythingOnceHoweverOftenItIsCutOff() throws InterruptedException {
    follow("kept/room");

    for (int i = 0; i < 400; i++) {
      server.topic("kept/room").publish(Publication.json("" + i));
      if (i % 40 == 20) {
        server.connections().forEach(WebSocket::abort);
        // Not farther ahead than the history reaches.
        hear(i + 1);
      }
    }

    hear(400);
    assertThat(heard).containsExactlyElementsOf(IntStream.range(0, 400).boxed().toList());
  }

  @Test
  void tellsIfTheHistoryDoesNotReachBack() throws InterruptedException {
    follow("one/room");
    server.topic("one/room").publish(Publication.json("1"));
    assertThat(Soon.next(told)).isEqualTo("1");

    topics.disconnect();
    Soon.holds(() -> server.connections().isEmpty(), "the connection is gone");
    for (int i = 2; i <= 5; i++) server.topic("one/room").publish(Publication.json("" + i));
    topics.reconnect();

    assertThat(Stream.of(Soon.next(told), Soon.next(told), Soon.next(told)))
        .containsExactly("subscribed", "lost 0", "5");
  }

  @Test
  void tellsIfTheServerHasStartedAgain() throws InterruptedException {
    follow("kept/room");
    server.topic("kept/room").publish(Publication.json("1"));
    assertThat(Soon.next(told)).isEqualTo("1");

    int port = server.port();
    server.close();
    server = start(port);

    assertThat(Soon.next(told)).isEqualTo("subscribed");
    assertThat(Soon.next(told)).isEqualTo("lost 0");
    server.topic("kept/room").publish(Publication.json("2"));
    assertThat(Soon.next(told)).isEqualTo("2");
  }

  @Test
  void publishesOnceHoweverOftenItIsCutOff() throws InterruptedException {
    try (var reader = connect()) {
      BlockingQueue<String> read = new LinkedBlockingQueue<>();
      reader.subscription("kept/room").onMessage(message -> read.add(message.text())).start();
      Soon.holds(() -> server.topics().contains("kept/room"), "it is read");
      List<CompletionStage<Outcome>> outcomes = new ArrayList<>();

      for (int i = 0; i < 300; i++) {
        outcomes.add(topics.publish("kept/room", Publication.json("" + i)));
        if (i % 30 == 15) server.connections().forEach(WebSocket::abort);
        if (i % 30 == 29) Soon.value(outcomes.getLast());
      }

      for (var outcome : outcomes) {
        assertThat(Soon.value(outcome)).isInstanceOf(Outcome.Accepted.class);
      }
      List<String> all = new ArrayList<>();
      for (int i = 0; i < 300; i++) all.add(Soon.next(read));
      assertThat(all)
          .containsExactlyElementsOf(IntStream.range(0, 300).mapToObj(i -> "" + i).toList());
    }
  }

  @Test
  void goesOnWhereAnotherProgramLeftOff() throws InterruptedException {
    follow("kept/room");
    for (int i = 1; i <= 5; i++) server.topic("kept/room").publish(Publication.json("" + i));
    for (int i = 1; i <= 5; i++) assertThat(Soon.next(told)).isEqualTo("" + i);
    Soon.next(positions);
    Position second = Soon.next(positions);

    try (var later = connect()) {
      BlockingQueue<String> read = new LinkedBlockingQueue<>();
      later
          .subscription("kept/room")
          .since(second)
          .onMessage(message -> read.add(message.text()))
          .start();

      assertThat(Stream.of(Soon.next(read), Soon.next(read), Soon.next(read)))
          .containsExactly("3", "4", "5");
    }
  }

  @Test
  void isPresentWhileItIsConnected() throws InterruptedException {
    BlockingQueue<PresenceChange> changes = new LinkedBlockingQueue<>();
    topics.subscription("room").onPresence(changes::add).start();
    assertThat(Soon.next(changes).presence().count()).isZero();
    try (var ada = connect()) {
      ada.subscription("room").present("\"Ada\"").start();
      assertThat(Soon.next(changes).joined()).extracting("value").containsExactly("\"Ada\"");

      ada.disconnect();
      assertThat(Soon.next(changes).left()).extracting("value").containsExactly("\"Ada\"");
      ada.reconnect();

      PresenceChange back = Soon.next(changes);
      assertThat(back.joined()).extracting("value").containsExactly("\"Ada\"");
      assertThat(back.presence().count()).isOne();
    }
  }

  @Test
  void doesNotHearItselfIfItDoesNotWantTo() throws InterruptedException {
    follow("kept/room");

    topics.publish("kept/room", Publication.json("1").exceptSender());
    topics.publish("kept/room", Publication.json("2"));

    assertThat(Soon.next(told)).isEqualTo("2");
  }

  private void follow(String topic) throws InterruptedException {
    topics
        .subscription(topic)
        .last(1)
        .onSubscribed(() -> told.add("subscribed"))
        .onLost(dropped -> told.add("lost " + dropped))
        .onMessage(message -> {
          positions.add(message.position());
          told.add(message.text());
        })
        .start();
    assertThat(Soon.next(told)).isEqualTo("subscribed");
  }

  private void hear(int count) throws InterruptedException {
    while (heard.size() < count) {
      String next = Soon.next(told);
      assertThat(next).doesNotStartWith("lost");
      if (!next.equals("subscribed")) heard.add(Integer.parseInt(next));
    }
  }

  private TopicClient connect() {
    return TopicClient.builder(server.address() + "/live").timing(HASTY).connect();
  }

  private static WebSocketServer start(int port) {
    return WebSocketServer.at("127.0.0.1:" + port)
        .topicsAt("/live", TopicRules.OPEN)
        .topics("kept/*", KEPT)
        .topics("one/*", ONE)
        .start();
  }
}
