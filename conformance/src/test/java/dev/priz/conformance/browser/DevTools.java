package dev.priz.conformance.browser;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.priz.WebSocket;
import dev.priz.WebSocketClient;
import dev.priz.WebSocketException;
import dev.priz.protocol.Limits;
import dev.priz.protocol.Message;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Chromium's DevTools protocol over a WebSocket of our own: commands, their results, and events.
 */
final class DevTools implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int MAX_MESSAGE_BYTES = 32 << 20; // screenshots
  private static final int RESULT_SECONDS = 40;

  private final Map<Integer, CompletableFuture<JsonNode>> results = new ConcurrentHashMap<>();
  private final Map<String, Consumer<JsonNode>> listeners = new ConcurrentHashMap<>();
  private final AtomicInteger lastId = new AtomicInteger();
  private final WebSocketClient client =
      WebSocketClient.builder().limits(Limits.DEFAULT.maxMessageBytes(MAX_MESSAGE_BYTES)).build();
  private final WebSocket ws;

  /**
   * Connects to a browser.
   *
   * @param address as the browser prints it
   */
  DevTools(String address) {
    ws = client.connect(address);
    Thread.ofVirtual().name("devtools").start(this::read);
  }

  /** Has the events of a session heard, on another thread. */
  void listen(String session, Consumer<JsonNode> listener) {
    listeners.put(session, listener);
  }

  /** Gives a command without parameters to the browser itself, and waits for the result. */
  JsonNode call(String method) {
    return call("", method, Map.of());
  }

  /**
   * Gives a command, and waits for the result.
   *
   * @param session which page it is for, empty for the browser itself
   */
  JsonNode call(String session, String method, Map<String, ?> parameters) {
    int id = lastId.incrementAndGet();
    ObjectNode command = JSON.createObjectNode().put("id", id).put("method", method);
    command.set("params", JSON.valueToTree(parameters));
    if (!session.isEmpty()) command.put("sessionId", session);
    var result = new CompletableFuture<JsonNode>();
    results.put(id, result);
    ws.send(JSON.writeValueAsString(command));
    JsonNode answer;
    try {
      answer = result.orTimeout(RESULT_SECONDS, SECONDS).join();
    } catch (CompletionException e) {
      throw new AssertionError(method + " has no answer", e);
    } finally {
      results.remove(id);
    }
    if (answer.has("error")) throw new AssertionError(method + " failed: " + answer.get("error"));
    return answer.get("result");
  }

  @Override
  public void close() {
    ws.close();
    client.close();
  }

  private void read() {
    for (Message message : ws) receive(JSON.readTree(message.text()));
    var ended = new WebSocketException("the browser is gone: " + ws.closed());
    results.values().forEach(result -> result.completeExceptionally(ended));
  }

  private void receive(JsonNode message) {
    if (message.has("id")) {
      CompletableFuture<JsonNode> result = results.get(message.get("id").asInt());
      if (result != null) result.complete(message);
    } else if (message.has("sessionId")) {
      Consumer<JsonNode> listener = listeners.get(message.get("sessionId").asString());
      if (listener != null) listener.accept(message);
    }
  }
}
