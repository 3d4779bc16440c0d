package dev.priz;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.priz.topic.Outcome;
import dev.priz.topic.Outcome.Reason;
import dev.priz.topic.Position;
import dev.priz.topic.Publication;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of what a client publishes, with a server that is the test. */
final class TopicPublishTest {
  @AutoClose
  private final WebSocketServer server =
      WebSocketServer.at("127.0.0.1:0").subprotocols("priz.topic.v1").start();

  private final FakeTiming timing = new FakeTiming(0.5);

  @AutoClose
  private final TopicClient topics = TopicClient.builder(server.address()).timing(timing).connect();

  @Test
  void publishesOnce() throws InterruptedException {
    CompletionStage<Outcome> outcome =
        topics.publish(
            "room", Publication.json("{\"n\": 1}").key("k").idempotencyKey("one").exceptSender());
    WebSocket peer = server.accept();

    String request = hear(peer);
    peer.send("{\"type\":\"published\",\"id\":1,\"epoch\":\"e\",\"at\":\"2-b\"}");

    assertThat(request)
        .isEqualTo(
            """
            {"type":"publish","id":1,"topic":"room","data":{"n": 1},"key":"k","name":"one",\
            "echo":false}\
            """);
    assertThat(Soon.value(outcome)).isEqualTo(new Outcome.Accepted(Position.of("e", "2-b")));
  }

  @Test
  void givesEachPublicationANameOfItsOwn() {
    topics.publish("room", Publication.json("1"));
    topics.publish("room", Publication.json("1"));
    WebSocket peer = server.accept();

    String first = name(hear(peer));
    String second = name(hear(peer));

    assertThat(first).hasSizeGreaterThan(36).isNotEqualTo(second);
  }

  @ParameterizedTest
  @CsvSource({
    "4000,BAD_PUBLICATION",
    "4003,NOT_ALLOWED",
    "4009,BAD_NAME",
    "4013,BAD_PUBLICATION",
    "4029,TOO_MANY_TOPICS",
    "4030,OVERLOADED",
    "4503,CLOSED",
    "4999,NOT_ALLOWED"
  })
  void tellsWhyItWasRejected(int code, Reason reason) throws InterruptedException {
    CompletionStage<Outcome> outcome = topics.publish("room", Publication.json("1"));
    WebSocket peer = server.accept();
    hear(peer);

    peer.send("{\"type\":\"error\",\"id\":1,\"code\":" + code + ",\"message\":\"why\"}");

    assertThat(Soon.value(outcome)).isEqualTo(new Outcome.Rejected(reason, "why"));
  }

  @Test
  void publishesAgainOnTheNextConnection() throws InterruptedException {
    CompletionStage<Outcome> first = topics.publish("room", Publication.json("1"));
    CompletionStage<Outcome> second = topics.publish("room", Publication.json("2"));
    WebSocket peer = server.accept();
    String one = hear(peer);
    String two = hear(peer);
    peer.send("{\"type\":\"published\",\"id\":1,\"epoch\":\"e\",\"at\":\"1-a\"}");
    assertThat(Soon.value(first)).isInstanceOf(Outcome.Accepted.class);

    peer.abort();
    timing.next().pass();
    WebSocket next = server.accept();
    String again = hear(next);
    next.send("{\"type\":\"published\",\"id\":2,\"epoch\":\"e\",\"at\":\"2-b\"}");

    assertThat(one).isNotEqualTo(two);
    assertThat(again).isEqualTo(two);
    assertThat(Soon.value(second)).isEqualTo(new Outcome.Accepted(Position.of("e", "2-b")));
  }

  @Test
  void asksAgainWhereTheServerDoesNotKnow() throws InterruptedException {
    CompletionStage<Outcome> outcome = topics.publish("room", Publication.json("1"));
    WebSocket peer = server.accept();
    String request = hear(peer);

    peer.send("{\"type\":\"error\",\"id\":1,\"code\":4504,\"message\":\"who knows\"}");
    FakeTiming.Delay wait = timing.next();
    wait.pass();
    String again = hear(peer);
    peer.send("{\"type\":\"published\",\"id\":1,\"epoch\":\"e\",\"at\":\"1-a\"}");

    assertThat(wait.seconds()).isEqualTo(0.5);
    assertThat(again).isEqualTo(request);
    assertThat(Soon.value(outcome)).isInstanceOf(Outcome.Accepted.class);
  }

  @Test
  void isNotSureOfARejectionAfterALoss() throws InterruptedException {
    CompletionStage<Outcome> outcome = topics.publish("room", Publication.json("1"));
    WebSocket peer = server.accept();
    hear(peer);
    peer.abort();
    timing.next().pass();
    WebSocket next = server.accept();
    hear(next);

    next.send("{\"type\":\"error\",\"id\":1,\"code\":4003,\"message\":\"not any more\"}");

    assertThat(Soon.value(outcome)).isEqualTo(new Outcome.Unknown("not any more"));
  }

  @Test
  void isPatientWithABusyServerAfterALoss() throws InterruptedException {
    CompletionStage<Outcome> outcome = topics.publish("room", Publication.json("1"));
    WebSocket peer = server.accept();
    String request = hear(peer);
    peer.abort();
    timing.next().pass();
    WebSocket next = server.accept();
    hear(next);

    next.send("{\"type\":\"error\",\"id\":1,\"code\":4030,\"message\":\"busy\"}");
    timing.next().pass();

    assertThat(hear(next)).isEqualTo(request);
    next.send("{\"type\":\"published\",\"id\":1,\"epoch\":\"e\",\"at\":\"1-a\"}");
    assertThat(Soon.value(outcome)).isInstanceOf(Outcome.Accepted.class);
  }

  @Test
  void doesNotKnowWhatTheServerNeverAnswers() throws InterruptedException {
    CompletionStage<Outcome> outcome = topics.publish("room", Publication.json("1"));
    hear(server.accept());

    timing.nextEnd().pass();

    assertThat(Soon.value(outcome)).isEqualTo(new Outcome.Unknown("no answer for too long"));
  }

  @Test
  void knowsWhatItNeverSent() throws InterruptedException {
    topics.disconnect();
    CompletionStage<Outcome> outcome = topics.publish("room", Publication.json("1"));

    timing.nextEnd().pass();

    assertThat(Soon.value(outcome))
        .isEqualTo(new Outcome.Rejected(Reason.CLOSED, "no answer for too long"));
  }

  @Test
  void tellsWhatIsLeftWhenItCloses() throws InterruptedException {
    CompletionStage<Outcome> sent = topics.publish("room", Publication.json("1"));
    hear(server.accept());
    topics.disconnect();
    CompletionStage<Outcome> unsent = topics.publish("room", Publication.json("2"));

    topics.close();

    assertThat(Soon.value(sent)).isEqualTo(new Outcome.Unknown("the client is closed"));
    var rejected = new Outcome.Rejected(Reason.CLOSED, "the client is closed");
    assertThat(Soon.value(unsent)).isEqualTo(rejected);
    assertThat(Soon.value(topics.publish("room", Publication.json("3")))).isEqualTo(rejected);
  }

  @Test
  void rejectsMoreThanMayWait() throws InterruptedException {
    topics.disconnect();
    for (int i = 0; i < 1_024; i++) topics.publish("room", Publication.json("1"));

    assertThat(Soon.value(topics.publish("room", Publication.json("1"))))
        .isInstanceOf(Outcome.Rejected.class)
        .extracting("reason")
        .isEqualTo(Reason.OVERLOADED);
  }

  @Test
  void rejectsMoreBytesThanMayWait() throws InterruptedException {
    topics.disconnect();
    Publication half = Publication.json("\"" + "x".repeat(1 << 19) + "\"");
    topics.publish("room", half);

    assertThat(Soon.value(topics.publish("room", half)))
        .extracting("reason")
        .isEqualTo(Reason.OVERLOADED);
    Publication tooBig = Publication.json("\"" + "x".repeat(1 << 20) + "\"");
    assertThat(Soon.value(topics.publish("room", tooBig)))
        .extracting("reason")
        .isEqualTo(Reason.BAD_PUBLICATION);
  }

  @Test
  void refusesWhatTheProtocolCannotCarry() {
    assertThatThrownBy(() -> topics.publish("room", Publication.text("hello")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("publication is TEXT; a client publishes Publication.json(...)");
    assertThatThrownBy(() -> topics.publish("\n", Publication.json("1")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String name(String request) {
    return request.replaceFirst(".*\"name\":\"([^\"]+)\".*", "$1");
  }

  private static String hear(WebSocket peer) {
    return requireNonNull(peer.receive(), () -> "ended: " + peer.closed()).text();
  }
}
