package dev.priz.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.ConnectionClosedException;
import dev.priz.WebSocket;
import dev.priz.WebSocketServer;
import dev.priz.protocol.Binary;
import dev.priz.protocol.Close;
import dev.priz.protocol.Message;
import dev.priz.protocol.Text;
import java.nio.ByteBuffer;
import java.util.function.Predicate;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(20)
final class GameTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int PLUG_BYTES = 11;

  private final Game game = new Game();

  @AutoClose private final WebSocketServer server = startServer();

  @BeforeEach
  void startGame() {
    game.start(server);
  }

  private WebSocketServer startServer() {
    var builder = WebSocketServer.at("127.0.0.1:0");
    game.configure(builder);
    return builder.start();
  }

  @Test
  void tellsTheRulesFirst() {
    try (WebSocket ada = connect("?name=Ada")) {
      JsonNode rules = JSON.readTree(ada.receive().text());

      assertThat(rules.get("type").asString()).isEqualTo("rules");
      assertThat(rules.get("width").asInt()).isEqualTo(2_400);
      assertThat(rules.get("ticksPerSecond").asInt()).isEqualTo(20);
    }
  }

  @Test
  void showsEveryTickToWhoOnlyWatches() {
    try (WebSocket watcher = connect("")) {
      ByteBuffer first = snapshot(watcher);
      ByteBuffer second = snapshot(watcher);

      assertThat(second.getInt(0)).isEqualTo(first.getInt(0) + 1);
      assertThat(first.getShort(4)).as("bots").isEqualTo((short) 8);
    }
  }

  @Test
  void namesThePlayersToAll() {
    try (WebSocket ada = connect("?name=%20Ada%09Lovelace%20");
        WebSocket grace = connect("?name=" + "g".repeat(21))) {
      int id = enter(ada);
      enter(grace);

      JsonNode standings = until(grace, message -> nameOf(message, id).equals("Ada Lovelace"));

      assertThat(standings.get("players").findValuesAsString("name"))
          .contains("Ada Lovelace", "g".repeat(20));
      assertThat(standings.get("players")).hasSize(8);
    }
  }

  @Test
  void movesWhoSteersForAllToSee() {
    try (WebSocket ada = connect("?name=Ada");
        WebSocket watcher = connect("")) {
      int id = enter(ada);
      ada.send(new byte[] {1, 64, -1, 0});

      ByteBuffer plug = plug(watcher, id, seen -> seen.get(7) > 0);

      assertThat(plug.get(8)).as("heading").isEqualTo((byte) 64);
      assertThat(plug.get(10)).as("number").isEqualTo((byte) 1);
    }
  }

  @Test
  void givesBackThePlugToWhoReturns() {
    WebSocket before = connect("?name=Ada&token=secret");
    int id = enter(before);
    try (WebSocket watcher = connect("")) {
      before.abort();
      plug(watcher, id, seen -> seen.get(9) == 4);

      try (WebSocket ada = connect("?name=Ada&token=secret")) {
        JsonNode welcome = until(ada, message -> isOf("welcome", message));

        assertThat(welcome.get("id").asInt()).isEqualTo(id);
        assertThat(welcome.get("back").asBoolean()).isTrue();
        plug(watcher, id, seen -> (seen.get(9) & 4) == 0);
      }
    }
  }

  @Test
  void tellsNobodyTheTokens() {
    try (WebSocket ada = connect("?name=Ada&token=secret");
        WebSocket watcher = connect("")) {
      int id = enter(ada);

      JsonNode standings = until(watcher, message -> nameOf(message, id).equals("Ada"));

      assertThat(standings.toString()).doesNotContain("secret");
    }
  }

  @Test
  void letsOneConnectionAtATimeSteerAPlug() {
    try (WebSocket first = connect("?name=Ada&token=secret");
        WebSocket second = connect("?name=Ada&token=other")) {
      int id = enter(first);
      enter(second);

      try (WebSocket again = connect("?name=Ada&token=secret")) {
        assertThat(enter(again)).isEqualTo(id);
        until(first, message -> isOf("replaced", message));
        assertThat(end(first).code()).isEqualTo(1000);
      }
    }
  }

  @Test
  void closesWhoSendsMessagesOfOtherLengths() {
    try (WebSocket ada = connect("?name=Ada")) {
      ada.send(new byte[5]);

      assertThat(end(ada).code()).isEqualTo(1008);
    }
  }

  @Test
  void closesWhoSendsTexts() {
    try (WebSocket ada = connect("?name=Ada")) {
      ada.send("forward!");

      assertThat(end(ada).code()).isEqualTo(1003);
    }
  }

  @Test
  void closesWhoSendsTooMuch() {
    try (WebSocket ada = connect("?name=Ada")) {
      try {
        for (int i = 0; i < 10_000; i++) ada.send(new byte[4]);
      } catch (ConnectionClosedException closed) {
        // as it should
      }

      assertThat(end(ada).code()).isEqualTo(1008);
    }
  }

  @Test
  void ignoresWhatWatchersSend() {
    try (WebSocket watcher = connect("")) {
      watcher.send("forward!");
      watcher.send(new byte[5]);

      for (int i = 0; i < 5; i++) snapshot(watcher);

      assertThat(watcher.isOpen()).isTrue();
    }
  }

  private WebSocket connect(String query) {
    return WebSocket.connect(server.address() + "/ws/game" + query);
  }

  /** Waits for the welcome; the id in it. */
  private static int enter(WebSocket player) {
    return until(player, message -> isOf("welcome", message)).get("id").asInt();
  }

  private static JsonNode until(WebSocket ws, Predicate<JsonNode> condition) {
    for (Message message : ws) {
      if (!(message instanceof Text text)) continue;
      JsonNode json = JSON.readTree(text.text());
      if (condition.test(json)) return json;
    }
    throw new AssertionError("ended: " + ws.closed());
  }

  private static boolean isOf(String type, JsonNode message) {
    return message.get("type").asString().equals(type);
  }

  private static String nameOf(JsonNode standings, int id) {
    return standings
        .path("players")
        .valueStream()
        .filter(player -> player.get("id").asInt() == id)
        .map(player -> player.get("name").asString())
        .findFirst()
        .orElse("");
  }

  private static ByteBuffer snapshot(WebSocket ws) {
    for (Message message : ws) {
      if (message instanceof Binary binary) return ByteBuffer.wrap(binary.data());
    }
    throw new AssertionError("ended: " + ws.closed());
  }

  /** Waits until a plug is as it should be; its bytes. */
  private static ByteBuffer plug(WebSocket ws, int id, Predicate<ByteBuffer> condition) {
    while (true) {
      ByteBuffer snapshot = snapshot(ws);
      for (int i = 0; i < snapshot.getShort(4); i++) {
        ByteBuffer plug = snapshot.slice(6 + i * PLUG_BYTES, PLUG_BYTES);
        if (plug.getShort(0) == id && condition.test(plug)) return plug;
      }
    }
  }

  /** The close frame that the server sends, after whatever it sends before. */
  private static Close end(WebSocket ws) {
    for (Message message : ws) assertThat(message).isNotNull();
    return ws.closed().received();
  }
}
