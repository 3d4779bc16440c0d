package dev.priz;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.priz.topic.Member;
import dev.priz.topic.Position;
import dev.priz.topic.Presence;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What a client of topics says and hears, literally, with a server that is the test. */
final class TopicClientTest {
  private static final String SUBSCRIBED =
      """
      {"type":"subscribed","id":1,"topic":"room","epoch":"e","at":"1-a","recovered":false}\
      """;

  @AutoClose
  private final WebSocketServer server =
      WebSocketServer.at("127.0.0.1:0").subprotocols("priz.topic.v1").start();

  private final FakeTiming timing = new FakeTiming(0.5);

  @AutoClose
  private final TopicClient topics = TopicClient.builder(server.address()).timing(timing).connect();

  private final BlockingQueue<Object> told = new LinkedBlockingQueue<>();

  @Test
  void asksForWhatIsWanted() {
    topics
        .subscription("room/\"42\"")
        .last(50)
        .since(Position.of("e", "7-f"))
        .present("{\"name\":\"Ada\"}")
        .onPresence(told::add)
        .start();

    assertThat(hear(server.accept()))
        .isEqualTo(
            """
            {"type":"subscribe","id":1,"topic":"room/\\"42\\"","since":{"epoch":"e","at":"7-f"},\
            "last":50,"present":{"name":"Ada"},"watch":true}\
            """);
  }

  @Test
  void asksForNothingElse() {
    topics.subscribe("room", told::add);

    assertThat(hear(server.accept()))
        .isEqualTo("{\"type\":\"subscribe\",\"id\":1,\"topic\":\"room\"}");
  }

  @Test
  void givesMessagesOfAllKinds() throws InterruptedException {
    WebSocket peer = subscribed();

    peer.send(
        """
        {"type":"message","topic":"room","at":"2-b","prev":"1-a","data":{"n": [1, 2]}}\
        """);
    peer.send(
        """
        {"type":"message","topic":"room","at":"3-c","prev":"2-b","text":"ç\\u0041"}\
        """);
    peer.send(
        """
        {"type":"message","topic":"room","at":"4-d","prev":"3-c","base64":"AP8="}\
        """);

    assertThat(Soon.next(told))
        .isEqualTo(new TopicMessage.Json("room", Position.of("e", "2-b"), "{\"n\": [1, 2]}"));
    assertThat(Soon.next(told))
        .isEqualTo(new TopicMessage.Text("room", Position.of("e", "3-c"), "çA"));
    var binary = (TopicMessage.Binary) Soon.next(told);
    assertThat(binary.data()).containsExactly(0, 0xff);
    assertThatThrownBy(binary::text).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void asksAgainWhereSomethingIsMissing() throws InterruptedException {
    WebSocket peer = subscribed();

    peer.send(
        """
        {"type":"message","topic":"room","at":"3-c","prev":"2-b","data":3}\
        """);
    String again = hear(peer);
    peer.send(
        """
        {"type":"message","topic":"room","at":"4-d","prev":"3-c","data":4}\
        """);
    peer.send(
        """
        {"type":"subscribed","id":2,"topic":"room","epoch":"e","at":"1-a","recovered":true}\
        """);
    peer.send(
        """
        {"type":"message","topic":"room","at":"2-b","prev":"1-a","data":2}\
        """);

    assertThat(again)
        .isEqualTo(
            """
            {"type":"subscribe","id":2,"topic":"room","since":{"epoch":"e","at":"1-a"}}\
            """);
    assertThat(Soon.next(told)).isEqualTo("subscribed");
    assertThat(Soon.next(told))
        .isEqualTo(new TopicMessage.Json("room", Position.of("e", "2-b"), "2"));
  }

  @Test
  void followsPositionsOfWhatIsNotForIt() throws InterruptedException {
    WebSocket peer = subscribed();

    peer.send(
        """
        {"type":"position","topic":"room","at":"2-b","prev":"1-a"}\
        """);
    peer.send(
        """
        {"type":"message","topic":"room","at":"3-c","prev":"2-b","data":3}\
        """);

    assertThat(Soon.next(told))
        .isEqualTo(new TopicMessage.Json("room", Position.of("e", "3-c"), "3"));
  }

  @Test
  void tellsWhatWasDropped() throws InterruptedException {
    WebSocket peer = subscribed();

    peer.send(
        """
        {"type":"discontinuity","topic":"room","epoch":"e2","at":"7-f","dropped":3}\
        """);
    peer.send(
        """
        {"type":"discontinuity","topic":"room","epoch":"e2","at":"8-f"}\
        """);
    peer.send(
        """
        {"type":"message","topic":"room","at":"9-a","prev":"8-f","data":9}\
        """);

    assertThat(Soon.next(told)).isEqualTo("lost 3");
    assertThat(Soon.next(told)).isEqualTo("lost 0");
    assertThat(Soon.next(told))
        .isEqualTo(new TopicMessage.Json("room", Position.of("e2", "9-a"), "9"));
  }

  @Test
  void keepsTheListOfWhoIsPresent() throws InterruptedException {
    topics.subscription("room").onPresence(told::add).start();
    WebSocket peer = server.accept();
    hear(peer);

    peer.send(
        """
        {"type":"subscribed","id":1,"topic":"room","epoch":"e","at":"0-0","recovered":false,\
        "me":"a","count":2,"members":[{"id":"a","value":"Ada"},{"id":"b","value":null}]}\
        """);
    peer.send(
        """
        {"type":"presence","topic":"room","count":2,"joined":[{"id":"c","value":{"n":1}}],\
        "left":[{"id":"a","value":"Ada"}]}\
        """);

    var ada = new Member("a", "\"Ada\"");
    var bob = new Member("b", "null");
    var cem = new Member("c", "{\"n\":1}");
    assertThat(Soon.next(told))
        .isEqualTo(
            new PresenceChange(new Presence(2, List.of(ada, bob)), List.of(), List.of(), "a"));
    assertThat(Soon.next(told))
        .isEqualTo(
            new PresenceChange(
                new Presence(2, List.of(bob, cem)), List.of(cem), List.of(ada), "a"));
  }

  @Test
  void endsWhatTheServerRefuses() throws InterruptedException {
    TopicSubscription room = subscribe();
    WebSocket peer = server.accept();
    hear(peer);

    peer.send(
        """
        {"type":"error","id":1,"code":4003,"message":"not for you"}\
        """);

    assertThat(Soon.next(told)).isEqualTo("end 4003 not for you");
    assertThat(room.isActive()).isFalse();
  }

  @Test
  void endsWhatTheServerEnds() throws InterruptedException {
    WebSocket peer = subscribed();

    peer.send(
        """
        {"type":"unsubscribed","topic":"room","reason":"banned"}\
        """);

    assertThat(Soon.next(told)).isEqualTo("end 0 banned");
  }

  @Test
  void asksAServerThatIsBusyAgainLater() throws InterruptedException {
    subscribe();
    WebSocket peer = server.accept();
    hear(peer);

    peer.send(
        """
        {"type":"error","id":1,"code":4503,"message":"stopping"}\
        """);
    FakeTiming.Delay first = timing.next();
    first.pass();
    assertThat(hear(peer)).contains("\"id\":2");
    peer.send(
        """
        {"type":"error","id":2,"code":4030,"message":"busy"}\
        """);
    FakeTiming.Delay second = timing.next();

    assertThat(first.seconds()).isEqualTo(0.5);
    assertThat(second.seconds()).isEqualTo(1);
    assertThat(told).isEmpty();
  }

  @Test
  void hearsNothingAfterUnsubscribing() throws InterruptedException {
    TopicSubscription room = subscribe();
    WebSocket peer = server.accept();
    hear(peer);
    peer.send(SUBSCRIBED);
    assertThat(Soon.next(told)).isEqualTo("subscribed");

    room.unsubscribe();
    assertThat(hear(peer)).isEqualTo("{\"type\":\"unsubscribe\",\"id\":2,\"topic\":\"room\"}");
    peer.send(
        """
        {"type":"message","topic":"room","at":"2-b","prev":"1-a","data":2}\
        """);
    subscribe();
    hear(peer);
    peer.send(SUBSCRIBED.replace("\"id\":1", "\"id\":3"));

    assertThat(Soon.next(told)).isEqualTo("subscribed");
    assertThat(told).isEmpty();
  }

  @Test
  void putsASubscriptionInPlaceOfTheOneBefore() throws InterruptedException {
    TopicSubscription first = subscribe();
    WebSocket peer = server.accept();
    hear(peer);
    subscribe();
    hear(peer);

    peer.send(SUBSCRIBED);
    peer.send(
        """
        {"type":"message","topic":"room","at":"2-b","prev":"1-a","data":"for the first"}\
        """);
    peer.send(SUBSCRIBED.replace("\"id\":1", "\"id\":2"));

    assertThat(Soon.next(told)).isEqualTo("subscribed");
    assertThat(told).isEmpty();
    assertThat(first.isActive()).isFalse();
  }

  @Test
  void goesOnAfterACallbackThatThrows() throws InterruptedException {
    topics.subscribe(
        "room",
        message -> {
          told.add(message.text());
          throw new IllegalStateException("thrown by the test");
        });
    WebSocket peer = server.accept();
    hear(peer);

    peer.send(SUBSCRIBED);
    peer.send(
        """
        {"type":"message","topic":"room","at":"2-b","prev":"1-a","data":2}\
        """);
    peer.send(
        """
        {"type":"message","topic":"room","at":"3-c","prev":"2-b","data":3}\
        """);

    assertThat(Soon.next(told)).isEqualTo("2");
    assertThat(Soon.next(told)).isEqualTo("3");
  }

  @Test
  void callsBackOnOneVirtualThread() throws InterruptedException {
    topics
        .subscription("room")
        .onSubscribed(() -> told.add(Thread.currentThread()))
        .onMessage(message -> told.add(Thread.currentThread()))
        .start();
    WebSocket peer = server.accept();
    hear(peer);

    peer.send(SUBSCRIBED);
    peer.send(
        """
        {"type":"message","topic":"room","at":"2-b","prev":"1-a","data":2}\
        """);

    Thread thread = (Thread) Soon.next(told);
    assertThat(thread.isVirtual()).isTrue();
    assertThat(Soon.next(told)).isSameAs(thread);
  }

  @Test
  void closesAConnectionThatMakesNoSense() throws InterruptedException {
    subscribe();
    WebSocket peer = server.accept();
    hear(peer);

    peer.send("{\"type\":\"subscribed\",\"id\":1,\"topic\":\"room\"}");

    assertThat(Soon.value(peer.whenClosed()).code()).isEqualTo(1007);
    timing.next().pass();
    WebSocket next = server.accept();
    assertThat(hear(next)).contains("\"type\":\"subscribe\"");
    next.abort();
  }

  @Test
  void ignoresTypesThatItDoesNotKnow() throws InterruptedException {
    WebSocket peer = subscribed();

    peer.send("{\"type\":\"weather\",\"topic\":\"room\",\"id\":1}");
    peer.send("{\"type\":\"pong\"}");
    peer.send(
        """
        {"type":"message","topic":"elsewhere","at":"2-b","prev":"1-a","data":2}\
        """);
    peer.send(
        """
        {"type":"message","topic":"room","at":"2-b","prev":"1-a","data":2}\
        """);

    assertThat(((TopicMessage) Soon.next(told)).text()).isEqualTo("2");
  }

  @Test
  void refusesWhatNoServerCouldTake() {
    assertThatThrownBy(() -> topics.subscription("")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> topics.subscription("room").last(1_001))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("last is 1001, expected 0 to 1000");
    assertThatThrownBy(() -> topics.subscription("room").present("Ada"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> topics.subscription("room").present("\"" + "ş".repeat(512) + "\""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("present is 1026 bytes, the limit is 1024");
  }

  private TopicSubscription subscribe() {
    return topics
        .subscription("room")
        .onSubscribed(() -> told.add("subscribed"))
        .onMessage(told::add)
        .onLost(dropped -> told.add("lost " + dropped))
        .onEnd(reason -> told.add("end " + reason.code() + " " + reason.getMessage()))
        .start();
  }

  private WebSocket subscribed() throws InterruptedException {
    subscribe();
    WebSocket peer = server.accept();
    hear(peer);
    peer.send(SUBSCRIBED);
    assertThat(Soon.next(told)).isEqualTo("subscribed");
    return peer;
  }

  private static String hear(WebSocket peer) {
    return requireNonNull(peer.receive(), () -> "ended: " + peer.closed()).text();
  }
}
