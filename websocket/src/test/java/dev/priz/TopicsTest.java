package dev.priz;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.priz.protocol.Binary;
import dev.priz.protocol.Text;
import dev.priz.topic.Outcome;
import dev.priz.topic.Publication;
import dev.priz.topic.TopicLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Topics as a server's program uses them, without the subprotocol. */
final class TopicsTest {
  @AutoClose private final WebSocketClient client = WebSocketClient.builder().build();

  @AutoClose
  private final WebSocketServer server =
      WebSocketServer.at("127.0.0.1:0")
          .limits(TopicLimits.DEFAULT.maxSubscriptions(3).maxTopics(4).maxPayloadBytes(1_000))
          .route(
              "/{topic}",
              ws -> {
                ws.subscribe(ws.pathParameter("topic"));
                ws.send("ready");
                for (var message : ws) {
                  ws.publish(
                      ws.pathParameter("topic"), Publication.text(message.text()).exceptSender());
                }
              })
          .start();

  @Test
  void sendsWhatIsPublishedToAllSubscribers() {
    WebSocket ada = subscribed("room");
    WebSocket nazim = subscribed("room");

    server.topic("room").publish("hello");
    server.topic("room").publish(new byte[] {1, 2});

    for (WebSocket ws : List.of(ada, nazim)) {
      assertThat(ws.receive()).isEqualTo(new Text("hello"));
      assertThat(ws.receive()).isEqualTo(new Binary(new byte[] {1, 2}));
    }
  }

  @Test
  void keepsTopicsApart() {
    WebSocket ada = subscribed("a");
    WebSocket bob = subscribed("b");

    server.topic("a").publish("for a");
    server.topic("b").publish("for b");

    assertThat(ada.receive()).isEqualTo(new Text("for a"));
    assertThat(bob.receive()).isEqualTo(new Text("for b"));
  }

  @Test
  void leavesOutWhoPublishesIfAsked() {
    WebSocket ada = subscribed("room");
    WebSocket nazim = subscribed("room");

    ada.send("from ada");

    assertThat(nazim.receive()).isEqualTo(new Text("from ada"));
    server.topic("room").publish("from all");
    assertThat(ada.receive()).isEqualTo(new Text("from all"));
  }

  @Test
  void givesAllSubscribersOneOrder() throws InterruptedException {
    int count = 2_000;
    List<WebSocket> readers = new ArrayList<>();
    for (int i = 0; i < 6; i++) readers.add(subscribed("room"));
    List<Thread> publishers = new ArrayList<>();
    for (int p = 0; p < 4; p++) {
      String name = "p" + p + " ";
      publishers.add(
          Thread.ofVirtual()
              .start(() -> {
                for (int i = 0; i < count / 4; i++) server.topic("room").publish(name + i);
              }));
    }
    List<List<String>> received = new ArrayList<>();
    for (WebSocket reader : readers) received.add(receive(reader, count));
    for (Thread publisher : publishers) publisher.join();

    assertThat(received).allMatch(received.getFirst()::equals);
    for (int p = 0; p < 4; p++) {
      String name = "p" + p + " ";
      assertThat(received.getFirst().stream().filter(text -> text.startsWith(name)))
          .hasSize(count / 4)
          .isSortedAccordingTo((a, b) -> Integer.compare(number(a), number(b)));
    }
  }

  @Test
  void endsSubscriptionsWithTheirConnection() throws Exception {
    WebSocket ada = subscribed("room");
    assertThat(server.topics()).containsExactly("room");
    assertThat(server.topic("room").subscribers()).isOne();

    ada.close();

    Soon.holds(() -> server.topics().isEmpty(), "no topic has subscribers");
    assertThat(server.topic("room").subscribers()).isZero();
  }

  @Test
  void listsWhoSubscribes() {
    WebSocket ada = subscribed("room");
    subscribed("other");

    List<WebSocket> found = server.subscribers("room");

    assertThat(found).hasSize(1);
    found.getFirst().send("you");
    assertThat(ada.receive()).isEqualTo(new Text("you"));
  }

  @Test
  void refusesMoreSubscriptionsThanAllowed() {
    subscribed("room");
    WebSocket ws = server.subscribers("room").getFirst();
    ws.subscribe("b");
    ws.subscribe("c");

    assertThatThrownBy(() -> ws.subscribe("d"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a connection may have 3 subscriptions; see TopicLimits.maxSubscriptions");
    assertThat(ws.topics()).containsExactlyInAnyOrder("room", "b", "c");
  }

  @Test
  void refusesMoreTopicsThanAllowed() {
    for (String topic : List.of("a", "b", "c", "d")) subscribed(topic);
    WebSocket ws = server.subscribers("a").getFirst();

    assertThatThrownBy(() -> ws.subscribe("e"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a server may have 4 topics; see TopicLimits.maxTopics");
    ws.subscribe("b");
    assertThat(ws.topics()).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void refusesNamesThatAreNone() {
    assertThatThrownBy(() -> server.topic("")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> server.topic("a\nb")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> server.topic("ğ".repeat(128)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("255");
  }

  @Test
  void rejectsPayloadsThatAreTooBig() {
    assertThat(outcome("x".repeat(1_000))).isInstanceOf(Outcome.Accepted.class);
    assertThat(outcome("x".repeat(1_001)))
        .isEqualTo(
            new Outcome.Rejected(
                Outcome.Reason.BAD_PUBLICATION, "payload is 1001 bytes, the limit is 1000"));
  }

  @Test
  void sendsNothingAfterUnsubscribe() {
    WebSocket ada = subscribed("room");
    WebSocket ws = server.subscribers("room").getFirst();

    var subscription = ws.subscribe("room");
    subscription.unsubscribe();
    server.topic("room").publish("unheard");
    ws.subscribe("room");
    server.topic("room").publish("heard");

    assertThat(subscription.isActive()).isFalse();
    assertThat(ada.receive()).isEqualTo(new Text("heard"));
  }

  @Test
  void publishesFromCallbacksWithoutWaiting() throws InterruptedException {
    var called = new CountDownLatch(1);
    WebSocket ada = subscribed("room");
    server
        .subscribers("room")
        .getFirst()
        .onClose(closed -> {
          server.topic("room").publish("gone");
          called.countDown();
        });

    ada.close();

    assertThat(called.await(5, SECONDS)).isTrue();
  }

  @Test
  void isNotForClients() {
    WebSocket ws = client.connect(server.address() + "/room");

    assertThatThrownBy(() -> ws.subscribe("room"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("topics are a server's; from a client, use TopicClient");
  }

  private Outcome outcome(String text) {
    try {
      return server.topic("room").publish(text).toCompletableFuture().get(5, SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException failure) {
      throw new AssertionError(failure);
    }
  }

  private WebSocket subscribed(String topic) {
    WebSocket ws = client.connect(server.address() + "/" + topic);
    assertThat(ws.receive()).isEqualTo(new Text("ready"));
    return ws;
  }

  private static List<String> receive(WebSocket ws, int count) {
    List<String> texts = new ArrayList<>();
    for (var message : ws) {
      texts.add(message.text());
      if (texts.size() == count) break;
    }
    return texts;
  }

  private static int number(String text) {
    return Integer.parseInt(text.substring(text.indexOf(' ') + 1));
  }
}
