package dev.priz;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.priz.TopicClient.State;
import dev.priz.protocol.Closed;
import dev.priz.protocol.Response;
import dev.priz.topic.Outcome;
import dev.priz.topic.Publication;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a client of topics connects, and when no more. */
final class TopicReconnectTest {
  private final FakeTiming timing = new FakeTiming(0.5);
  private final BlockingQueue<State> states = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();

  @AutoClose
  private final WebSocketServer server =
      WebSocketServer.at("127.0.0.1:0").subprotocols("priz.topic.v1").start();

  @Test
  @DisplayName("TL-14 waits up to twice as long before each try")
  void waitsUpToTwiceAsLongBeforeEachTry() throws Exception {
    List<Double> seconds = new ArrayList<>();
    try (var topics = connect(nobody())) {
      for (int i = 0; i < 8; i++) {
        FakeTiming.Delay wait = timing.next();
        seconds.add(wait.seconds());
        assertThat(topics.state()).isInstanceOf(State.Waiting.class);
        wait.pass();
      }
    }

    assertThat(seconds).containsExactly(0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 15.0, 15.0);
  }

  @Test
  void tellsWhatItDoes() throws Exception {
    try (var topics = connect(server.address())) {
      server.accept().abort();
      FakeTiming.Delay wait = timing.next();
      State waiting = topics.state();
      wait.pass();
      readToEnd(server.accept());

      assertThat(Soon.next(states)).isEqualTo(new State.Connecting());
      assertThat(Soon.next(states)).isEqualTo(new State.Open());
      assertThat(Soon.next(states)).isEqualTo(waiting);
      assertThat(waiting)
          .isEqualTo(
              new State.Waiting(Duration.ofMillis(500), "connection closed: 1006 by NOBODY"));
      assertThat(Soon.next(states)).isEqualTo(new State.Connecting());
      assertThat(Soon.next(states)).isEqualTo(new State.Open());
    }
    assertThat(Soon.next(states)).isEqualTo(new State.Closed(null));
  }

  @Test
  void startsFromTheBeginningOnceAConnectionHasLasted() throws Exception {
    try (var topics = connect(server.address())) {
      loseAfter(0, topics);
      double second = loseAfter(4, topics);
      double third = loseAfter(5, topics);

      readToEnd(server.accept());
      assertThat(second).isEqualTo(1.0);
      assertThat(third).isEqualTo(0.5);
    }
  }

  @Test
  void waitsAsLongAsTheCloseFrameAsks() throws Exception {
    try (var topics = connect(server.address())) {
      server.accept().close(1012, "retry-after=9");

      assertThat(timing.next().seconds()).isEqualTo(9.5);
      assertThat(topics.state()).isInstanceOf(State.Waiting.class);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 503})
  void waitsAsLongAsARefusalAsks(int status) throws Exception {
    try (var refusing =
            refusing(
                Response.text(status, "later").header("Retry-After", "7"), new CountDownLatch(0));
        var topics = connect(refusing.address())) {
      assertThat(timing.next().seconds()).isEqualTo(7.5);
      assertThat(topics.state()).isInstanceOf(State.Waiting.class);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 400, 401, 403, 404})
  void givesUpWhereItIsTurnedAwayForGood(int status) throws Exception {
    var subscribed = new CountDownLatch(1);
    Response no = Response.text(status, "no");
    try (var refusing = refusing(no, subscribed);
        var topics = connect(refusing.address())) {
      topics.subscription("room").onEnd(reason -> ends.add(reason.code() + "")).start();
      var outcome = topics.publish("room", Publication.json("1"));
      subscribed.countDown();

      assertThat(Soon.value(outcome)).isInstanceOf(Outcome.Rejected.class);
      assertThat(Soon.next(ends)).isEqualTo("0");
      Soon.holds(() -> topics.state() instanceof State.Closed, "it is closed");
      var closed = (State.Closed) topics.state();
      assertThat(closed.failure()).isInstanceOf(HandshakeRefusedException.class);
      assertThatThrownBy(() -> topics.subscribe("room", message -> {}))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the client is closed");
    }
  }

  @Test
  void givesUpWhereTheSubprotocolIsNotSpoken() throws Exception {
    try (var other = WebSocketServer.listen("127.0.0.1:0");
        var topics = connect(other.address())) {
      Soon.holds(() -> topics.state() instanceof State.Closed, "it is closed");

      assertThat(((State.Closed) topics.state()).failure())
          .hasMessage(other.address() + " does not speak priz.topic.v1");
    }
  }

  @Test
  void staysAwayUntilToldOtherwise() throws Exception {
    try (var topics = connect(server.address())) {
      topics.subscribe("room", message -> {});
      WebSocket first = server.accept();
      hear(first);

      topics.disconnect();
      assertThat(Soon.value(readToEnd(first)).code()).isEqualTo(1006);
      Soon.holds(() -> topics.state() instanceof State.Disconnected, "it is disconnected");
      topics.reconnect();

      WebSocket second = server.accept();
      assertThat(hear(second)).contains("\"topic\":\"room\"");
      readToEnd(second);
    }
  }

  @Test
  void triesAtOnceIfTold() throws Exception {
    try (var topics = connect(server.address())) {
      server.accept().abort();
      FakeTiming.Delay wait = timing.next();

      topics.reconnect();

      readToEnd(server.accept());
      assertThat(wait.due()).isCancelled();
    }
  }

  @Test
  void closesFromACallback() throws Exception {
    var topics = connect(server.address());
    topics.subscription("room").onSubscribed(topics::close).start();
    WebSocket peer = server.accept();
    hear(peer);

    peer.send(
        """
        {"type":"subscribed","id":1,"topic":"room","epoch":"e","at":"1-a","recovered":false}\
        """);

    assertThat(Soon.value(readToEnd(peer)).code()).isEqualTo(1000);
    topics.close();
    assertThat(topics.state()).isEqualTo(new State.Closed(null));
  }

  @Test
  void waitsForTheLastCallback() throws Exception {
    var entered = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    var topics = connect(server.address());
    topics
        .subscription("room")
        .onSubscribed(() -> {
          entered.countDown();
          awaitQuietly(release);
          ends.add("returned");
        })
        .start();
    WebSocket peer = server.accept();
    hear(peer);
    peer.send(
        """
        {"type":"subscribed","id":1,"topic":"room","epoch":"e","at":"1-a","recovered":false}\
        """);
    Soon.open(entered);

    var closing = Threads.run(topics::close);
    Soon.value(readToEnd(peer));
    boolean waited = !closing.isDone();
    release.countDown();
    Soon.value(closing);

    assertThat(waited).isTrue();
    assertThat(ends).containsExactly("returned");
  }

  @Test
  void closesWhileItWaitsOrConnects() throws Exception {
    connect(nobody()).close();
    var waiting = connect(nobody());
    timing.next();
    waiting.close();

    assertThat(waiting.state()).isEqualTo(new State.Closed(null));
  }

  @Test
  void sharesOneClient() throws Exception {
    try (var client = WebSocketClient.builder().subprotocols("priz.topic.v1").build()) {
      List<TopicClient> many =
          IntStream.range(0, 5)
              .mapToObj(i -> TopicClient.builder(server.address()).client(client).connect())
              .toList();
      var ends =
          Stream.generate(server::accept).limit(5).map(TopicReconnectTest::readToEnd).toList();
      Soon.holds(() -> many.stream().allMatch(one -> one.state() instanceof State.Open), "open");

      many.forEach(TopicClient::close);

      for (var end : ends) assertThat(Soon.value(end).code()).isEqualTo(1000);
      try (WebSocket ws = client.connect(server.address())) {
        readToEnd(server.accept());
        assertThat(ws.isOpen()).isTrue();
      }
    }
  }

  @Test
  void endsWithTheClientThatItShares() throws Exception {
    var client = WebSocketClient.builder().subprotocols("priz.topic.v1").build();
    var topics = TopicClient.builder(server.address()).client(client).timing(timing).connect();
    server.accept();

    client.close();
    timing.next().pass();

    Soon.holds(() -> topics.state() instanceof State.Closed, "it is closed");
    assertThat(((State.Closed) topics.state()).failure())
        .hasMessage("the WebSocketClient is closed");
  }

  @Test
  void needsAClientWithTheSubprotocol() {
    try (var client = WebSocketClient.builder().build()) {
      assertThatThrownBy(() -> TopicClient.builder(server.address()).client(client))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("subprotocols(TopicClient.SUBPROTOCOL)");
    }
  }

  /** Reads on, so that the peer can close. */
  private static CompletableFuture<Closed> readToEnd(WebSocket peer) {
    return Threads.call(() -> {
      peer.forEach(message -> {});
      return requireNonNull(peer.closed());
    });
  }

  private double loseAfter(int seconds, TopicClient topics) throws InterruptedException {
    WebSocket peer = server.accept();
    Soon.holds(() -> topics.state() instanceof State.Open, "it is open");
    timing.advanceSeconds(seconds);
    peer.abort();
    FakeTiming.Delay wait = timing.next();
    wait.pass();
    return wait.seconds();
  }

  private TopicClient connect(String address) {
    return TopicClient.builder(address).timing(timing).onState(states::add).connect();
  }

  private static WebSocketServer refusing(Response response, CountDownLatch when) {
    return WebSocketServer.at("127.0.0.1:0")
        .handshake(asked -> {
          awaitQuietly(when);
          return Decision.refuse(response);
        })
        .start();
  }

  private static String nobody() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "ws://127.0.0.1:" + socket.getLocalPort();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      Soon.open(latch);
    } catch (InterruptedException interrupt) {
      throw new AssertionError(interrupt);
    }
  }

  private static String hear(WebSocket peer) {
    return requireNonNull(peer.receive(), () -> "ended: " + peer.closed()).text();
  }
}
