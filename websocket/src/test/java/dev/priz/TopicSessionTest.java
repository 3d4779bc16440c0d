package dev.priz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.priz.topic.Publication;
import dev.priz.topic.TopicLimits;
import dev.priz.topic.TopicOptions;
import dev.priz.topic.Verdict;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The server's side of the subprotocol of topics, as docs/topic-protocol.md has it. */
final class TopicSessionTest {
  private final CountDownLatch decide = new CountDownLatch(1);

  @AutoClose
  private final WebSocketServer server =
      WebSocketServer.at("127.0.0.1:0")
          .topics("kept/*", TopicOptions.DEFAULT.history(3, Duration.ofMinutes(1)))
          .limits(TopicLimits.DEFAULT.maxSubscriptions(4))
          .topicsAt("/live", new SomeRules())
          .route(
              "/plain",
              ws -> {
                ws.subscribe("room");
                ws.run();
              })
          .start();

  @AutoClose private final TopicPeer ada = new TopicPeer(server, "/live");
  @AutoClose private final TopicPeer nazim = new TopicPeer(server, "/live");

  private final class SomeRules implements TopicRules {
    @Override
    public Verdict subscribe(WebSocket ws, String topic) {
      return switch (topic) {
        case "secret" -> Verdict.refuse("secret is not for you");
        case "named" -> Verdict.allow().present("\"the server's name\"");
        case "broken" -> throw new IllegalStateException("a rule that throws, for a test");
        case "slow" -> Verdict.later(CompletableFuture.supplyAsync(this::decided));
        default -> Verdict.allow();
      };
    }

    @Override
    public Verdict publish(WebSocket ws, String topic, Publication publication) {
      return switch (topic) {
        case "read-only" -> Verdict.refuse("nobody publishes here");
        case "stamped" ->
            Verdict.allow()
                .publish(Publication.json("{\"by\":1,\"data\":" + publication.payloadText() + "}"));
        default -> Verdict.allow();
      };
    }

    private Verdict decided() {
      try {
        decide.await();
        return Verdict.allow();
      } catch (InterruptedException interrupt) {
        throw new AssertionError(interrupt);
      }
    }
  }

  @Test
  void speaksWithNobodyElse() {
    try (WebSocketClient client = WebSocketClient.builder().build()) {
      assertThatThrownBy(() -> client.connect(server.address() + "/live"))
          .isInstanceOfSatisfying(
              HandshakeRefusedException.class,
              refused -> {
                assertThat(refused.status()).isEqualTo(400);
                assertThat(new String(refused.body(), UTF_8))
                    .contains("offer the subprotocol priz.topic.v1");
              });
    }
    assertThat(ada.ws().subprotocol()).isEqualTo("priz.topic.v1");
  }

  @Test
  void sendsWhatIsPublishedInEachFormat() {
    JsonNode answer = ada.subscribe("room", "");

    server.topic("room").publish(Publication.json("{\"n\": 1}"));
    server.topic("room").publish("a \"text\"\n");
    server.topic("room").publish(new byte[] {0, -1, -128});

    JsonNode json = ada.hear("message");
    JsonNode text = ada.hear("message");
    JsonNode bytes = ada.hear("message");
    assertThat(answer.get("recovered").asBoolean()).isFalse();
    assertThat(json.get("topic").asString()).isEqualTo("room");
    assertThat(json.get("data").get("n").asInt()).isEqualTo(1);
    assertThat(text.get("text").asString()).isEqualTo("a \"text\"\n");
    assertThat(bytes.get("base64").asString()).isEqualTo("AP+A");
    assertThat(json.get("prev")).isEqualTo(answer.get("at"));
    assertThat(text.get("prev")).isEqualTo(json.get("at"));
    assertThat(bytes.get("prev")).isEqualTo(text.get("at"));
  }

  @Test
  void publishesToAll() {
    ada.subscribe("room", "");
    nazim.subscribe("room", "");

    ada.say("{'type':'publish','id':7,'topic':'room','data':['hi',1]}");

    JsonNode published = ada.hear("published");
    JsonNode own = ada.hear("message");
    JsonNode others = nazim.hear("message");
    assertThat(published.get("id").asInt()).isEqualTo(7);
    assertThat(own.get("at")).isEqualTo(published.get("at"));
    assertThat(others).isEqualTo(own);
    assertThat(own.get("data").toString()).isEqualTo("[\"hi\",1]");
  }

  @Test
  void movesThePositionOfWhoLeavesItselfOut() {
    JsonNode answer = ada.subscribe("room", "");
    nazim.subscribe("room", "");

    ada.say("{'type':'publish','id':7,'topic':'room','data':1,'echo':false}");
    JsonNode published = ada.hear("published");
    server.topic("room").publish("next");

    JsonNode position = ada.hear("position");
    JsonNode next = ada.hear("message");
    assertThat(nazim.hear("message").get("data").asInt()).isEqualTo(1);
    assertThat(position.get("prev")).isEqualTo(answer.get("at"));
    assertThat(position.get("at")).isEqualTo(published.get("at"));
    assertThat(next.get("prev")).isEqualTo(position.get("at"));
    assertThat(next.get("text").asString()).isEqualTo("next");
  }

  @Test
  void sendsPlainSubscribersWhatClientsPublish() {
    try (WebSocket plain = WebSocket.connect(server.address() + "/plain")) {
      Soon.holds(() -> server.topic("room").subscribers() == 1, "the plain client subscribes");

      ada.say("{'type':'publish','id':7,'topic':'room','data':{'a':'b'}}");

      assertThat(plain.receive()).isEqualTo(new dev.priz.protocol.Text("{\"a\":\"b\"}"));
    }
  }

  @Test
  void takesOneNameOnce() {
    ada.subscribe("room", "");
    ada.say("{'type':'publish','id':7,'topic':'room','data':1,'name':'n1'}");
    JsonNode first = ada.hear("published");
    ada.hear("message");

    ada.say("{'type':'publish','id':8,'topic':'room','data':1,'name':'n1'}");

    JsonNode second = ada.hear("published");
    assertThat(second.get("at")).isEqualTo(first.get("at"));
    ada.say("{'type':'ping'}");
    ada.hear("pong");
  }

  @Test
  void recoversWhatWasMissed() {
    JsonNode answer = ada.subscribe("kept/a", "");
    server.topic("kept/a").publish("1");
    JsonNode seen = ada.hear("message");
    ada.close();
    server.topic("kept/a").publish("2");
    server.topic("kept/a").publish("3");

    JsonNode again = nazim.subscribe("kept/a", TopicPeer.since(answer, seen));
    server.topic("kept/a").publish("4");

    assertThat(again.get("recovered").asBoolean()).isTrue();
    assertThat(again.get("at")).isEqualTo(seen.get("at"));
    JsonNode before = seen;
    for (String text : new String[] {"2", "3", "4"}) {
      JsonNode message = nazim.hear("message");
      assertThat(message.get("text").asString()).isEqualTo(text);
      assertThat(message.get("prev")).isEqualTo(before.get("at"));
      before = message;
    }
  }

  @Test
  void losesAndRepeatsNothingWhileMuchIsPublished() throws InterruptedException {
    int count = 3_000;
    Thread publisher =
        Thread.ofVirtual()
            .start(() -> {
              for (int n = 0; n < count; n++) server.topic("kept/a").publish("" + n);
            });

    for (int round = 0; round < 50; round++) {
      JsonNode answer = ada.subscribe("kept/a", ",'last':3");
      String at = answer.get("at").asString();
      for (int i = 0; i < 5 && publisher.isAlive(); i++) {
        JsonNode message = ada.hear("message");
        assertThat(message.get("prev").asString()).isEqualTo(at);
        at = message.get("at").asString();
      }
      ada.say("{'type':'unsubscribe','id':9,'topic':'kept/a'}");
      JsonNode rest = ada.hear();
      while (!rest.get("type").asString().equals("unsubscribed")) {
        assertThat(rest.get("prev").asString()).isEqualTo(at);
        at = rest.get("at").asString();
        rest = ada.hear();
      }
    }
    Soon.ended(publisher);
  }

  @Test
  void saysWhereSomethingIsLost() {
    JsonNode answer = ada.subscribe("kept/a", "");
    for (int n = 1; n <= 5; n++) server.topic("kept/a").publish("" + n);

    JsonNode again = nazim.subscribe("kept/a", TopicPeer.since(answer, answer) + ",'last':2");

    JsonNode fourth = nazim.hear("message");
    assertThat(again.get("recovered").asBoolean()).isFalse();
    assertThat(fourth.get("text").asString()).isEqualTo("4");
    assertThat(fourth.get("prev")).isEqualTo(again.get("at"));
    assertThat(nazim.hear("message").get("text").asString()).isEqualTo("5");
  }

  @Test
  void doesNotRecoverFromAnotherEpoch() {
    server.topic("kept/a").publish("1");

    JsonNode answer = ada.subscribe("kept/a", ",'since':{'epoch':'other','at':'1-0'},'last':9");

    assertThat(answer.get("recovered").asBoolean()).isFalse();
    assertThat(ada.hear("message").get("text").asString()).isEqualTo("1");
  }

  @Test
  void tellsWhoIsThere() {
    JsonNode first = ada.subscribe("room", ",'present':{'name':'Ada'},'watch':true");

    JsonNode second = nazim.subscribe("room", ",'present':'Nâzım','watch':true");

    assertThat(first.get("count").asInt()).isOne();
    assertThat(first.get("members").get(0).get("id")).isEqualTo(first.get("me"));
    assertThat(first.get("members").get(0).get("value").get("name").asString()).isEqualTo("Ada");
    assertThat(second.get("count").asInt()).isEqualTo(2);
    JsonNode joined = untilJoined(second.get("me"));
    assertThat(joined.get("count").asInt()).isEqualTo(2);
  }

  @Test
  void tellsWhoLeaves() {
    ada.subscribe("room", ",'watch':true");
    JsonNode me = nazim.subscribe("room", ",'present':1").get("me");
    untilJoined(me);

    nazim.close();

    JsonNode left = ada.hear("presence");
    assertThat(left.get("count").asInt()).isZero();
    assertThat(left.get("left").get(0).get("id")).isEqualTo(me);
    assertThat(left.get("joined").isEmpty()).isTrue();
  }

  @Test
  void letsRulesNameWhoIsPresent() {
    JsonNode answer = ada.subscribe("named", ",'present':'my own name','watch':true");

    assertThat(answer.get("members").get(0).get("value").asString()).isEqualTo("the server's name");
  }

  @Test
  void answersWhoIsThere() {
    ada.subscribe("room", ",'present':1");

    nazim.say("{'type':'presence','id':3,'topic':'room'}");

    JsonNode members = nazim.hear("members");
    assertThat(members.get("count").asInt()).isOne();
    assertThat(members.get("members").get(0).get("value").asInt()).isOne();
  }

  @Test
  void unsubscribes() {
    ada.subscribe("room", "");

    ada.say("{'type':'unsubscribe','id':2,'topic':'room'}");

    JsonNode answer = ada.hear("unsubscribed");
    assertThat(answer.get("id").asInt()).isEqualTo(2);
    assertThat(server.topics()).isEmpty();
  }

  @Test
  void tellsWhoLosesTheRight() {
    ada.subscribe("room", "");

    boolean removed = server.subscribers("room").getFirst().unsubscribe("room", "you were loud");

    JsonNode ended = ada.hear("unsubscribed");
    assertThat(removed).isTrue();
    assertThat(ended.get("topic").asString()).isEqualTo("room");
    assertThat(ended.get("reason").asString()).isEqualTo("you were loud");
    assertThat(ended.has("id")).isFalse();
  }

  @Test
  void replacesASubscription() {
    ada.subscribe("room", "");
    ada.subscribe("room", "");

    server.topic("room").publish("once");

    assertThat(ada.hear("message").get("text").asString()).isEqualTo("once");
    ada.say("{'type':'ping'}");
    ada.hear("pong");
    assertThat(server.topic("room").subscribers()).isOne();
  }

  @Test
  void asksTheRules() {
    ada.say("{'type':'subscribe','id':1,'topic':'secret'}");
    ada.say("{'type':'publish','id':2,'topic':'read-only','data':1}");
    ada.say("{'type':'presence','id':3,'topic':'secret'}");
    ada.say("{'type':'subscribe','id':4,'topic':'broken'}");

    assertThat(ada.hear("error").toString()).isEqualTo(error(1, 4003, "secret is not for you"));
    assertThat(ada.hear("error").toString()).isEqualTo(error(2, 4003, "nobody publishes here"));
    assertThat(ada.hear("error").toString()).isEqualTo(error(3, 4003, "secret is not for you"));
    assertThat(ada.hear("error").toString()).isEqualTo(error(4, 4003, "not allowed"));
  }

  @Test
  void publishesWhatRulesPutInItsPlace() {
    ada.subscribe("stamped", "");

    ada.say("{'type':'publish','id':2,'topic':'stamped','data':'hi'}");

    ada.hear("published");
    assertThat(ada.hear("message").get("data").toString()).isEqualTo("{\"by\":1,\"data\":\"hi\"}");
  }

  @Test
  void keepsWhatWasAskedOfWhatRulesReplace() {
    JsonNode answer = ada.subscribe("stamped", "");
    String request = "{'type':'publish','id':2,'topic':'stamped','data':1,'name':'n','echo':false}";
    ada.say(request);
    JsonNode first = ada.hear("published");
    JsonNode position = ada.hear("position");

    ada.say(request);

    JsonNode second = ada.hear("published");
    assertThat(position.get("prev")).isEqualTo(answer.get("at"));
    assertThat(second.get("at")).isEqualTo(first.get("at"));
  }

  @Test
  void waitsForRulesThatDecideLater() {
    ada.say("{'type':'subscribe','id':1,'topic':'slow'}");
    ada.say("{'type':'subscribe','id':2,'topic':'room'}");
    ada.say("{'type':'ping'}");

    decide.countDown();

    assertThat(ada.hear("subscribed").get("id").asInt()).isEqualTo(1);
    assertThat(ada.hear("subscribed").get("id").asInt()).isEqualTo(2);
    ada.hear("pong");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          no json                                                       | 4000
          []                                                            | 4000
          {}                                                            | 4000
          {'type':'dance','id':1}                                       | 4000
          {'type':'subscribe','topic':'a'}                              | 4000
          {'type':'subscribe','id':0,'topic':'a'}                       | 4000
          {'type':'subscribe','id':1.5,'topic':'a'}                     | 4000
          {'type':'subscribe','id':1,'topic':7}                         | 4000
          {'type':'subscribe','id':1,'topic':''}                        | 4009
          {'type':'subscribe','id':1,'topic':'a\\u0000b'}               | 4009
          {'type':'subscribe','id':1,'topic':'a','last':1001}           | 4000
          {'type':'subscribe','id':1,'topic':'a','last':-1}             | 4000
          {'type':'subscribe','id':1,'topic':'a','since':{'epoch':'e'}} | 4000
          {'type':'subscribe','id':1,'topic':'a','since':{'epoch':'e','at':'x'}} | 4000
          {'type':'publish','id':1,'topic':'a'}                         | 4000
          {'type':'publish','id':1,'topic':'a','data':1,'key':1}        | 4000
          {'type':'presence','id':1}                                    | 4000
          """)
  void refusesWhatIsMalformed(String request, int code) {
    ada.say(request);

    JsonNode error = ada.hear("error");
    assertThat(error.get("code").asInt()).as("%s", error).isEqualTo(code);
    assertThat(server.topics()).isEmpty();
  }

  @Test
  @DisplayName("RS-09 answers floods of subscriptions, and names that are none, with errors")
  void answersFloodsAndNamesThatAreNoneWithErrors() {
    for (int first = 0; first < 100_000; first += 1_000) {
      for (int i = first; i < first + 1_000; i++) {
        ada.say("{'type':'subscribe','id':%d,'topic':'flood %d'}".formatted(i + 1, i));
      }
      for (int i = first; i < first + 1_000; i++) {
        JsonNode answer = ada.hear(i < 4 ? "subscribed" : "error");
        if (i >= 4) assertThat(answer.get("code").asInt()).isEqualTo(4029);
      }
    }
    for (String name : new String[] {"x".repeat(900_000), "\\u0007", "\\u009f", ""}) {
      ada.say("{'type':'subscribe','id':1,'topic':'" + name + "'}");
      assertThat(ada.hear("error").get("code").asInt()).isEqualTo(4009);
    }
    // A topic's name is what it says, and nothing else: no path, no pattern.
    ada.say("{'type':'unsubscribe','id':1,'topic':'flood 0'}");
    ada.hear("unsubscribed");
    ada.subscribe("../*", "");

    server.topic("a").publish("not for dots and stars");
    server.topic("../*").publish("for it");

    assertThat(ada.hear("message").get("text").asString()).isEqualTo("for it");
    assertThat(server.topics()).hasSize(4);
  }

  private JsonNode untilJoined(JsonNode id) {
    JsonNode news = ada.hear("presence");
    while (!news.get("joined").toString().contains(id.toString())) news = ada.hear("presence");
    return news;
  }

  private static String error(int id, int code, String message) {
    return "{\"type\":\"error\",\"id\":%d,\"code\":%d,\"message\":\"%s\"}"
        .formatted(id, code, message);
  }
}
