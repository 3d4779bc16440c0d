package dev.priz.conformance.interop;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** ws, by Einar Otto Stangvik and others, in a process of Node.js. */
final class NodePeer {
  private NodePeer() {}

  static final class Client extends PeerClient {
    private final Map<Integer, Connection> connections = new ConcurrentHashMap<>();
    private final AtomicInteger lastId = new AtomicInteger();
    private final NodeProcess node = NodeProcess.start(this::hear);

    Client() throws Exception {}

    @Override
    PeerConnection connect(String address) throws Exception {
      int id = lastId.incrementAndGet();
      var connection = new Connection(node, id);
      connections.put(id, connection);
      connection.tell(
          "connect",
          Map.of(
              "address",
              address,
              "protocols",
              Contract.OFFERED,
              "headers",
              Map.of(Contract.REQUEST_HEADER, Contract.TOKEN)));
      try {
        connection.opening.get(Heard.DEADLINE_SECONDS, SECONDS);
        return connection;
      } catch (ExecutionException failure) {
        if (failure.getCause() instanceof RefusedException refusal) throw refusal;
        throw failure;
      }
    }

    @Override
    void stop() throws Exception {
      node.stop();
    }

    private void hear(JsonNode event) {
      connections.get(event.get("id").asInt()).hear(event);
    }
  }

  static final class Server extends PeerServer {
    private final Map<Integer, Connection> connections = new ConcurrentHashMap<>();
    private final CompletableFuture<Integer> port = new CompletableFuture<>();
    private final NodeProcess node = NodeProcess.start(this::hear);

    Server() throws Exception {
      node.tell(
          Map.of(
              "do", "listen",
              "protocols", Contract.SPOKEN,
              "refusedPath", Contract.REFUSED_PATH,
              "status", Contract.REFUSAL_STATUS,
              "body", Contract.REFUSAL_BODY));
      port.get(Heard.DEADLINE_SECONDS, SECONDS);
    }

    @Override
    int port() {
      return port.join();
    }

    @Override
    void stop() throws Exception {
      node.stop();
    }

    private void hear(JsonNode event) {
      int id = event.path("id").asInt(0);
      switch (event.get("on").asString()) {
        case "listening" -> port.complete(event.get("port").asInt());
        case "open" -> {
          var connection = new Connection(node, id);
          connections.put(id, connection);
          connection.hear(event);
          visitors().greet(connection);
        }
        default -> connections.get(id).hear(event);
      }
    }
  }

  private static final class Connection implements PeerConnection {
    private final CompletableFuture<JsonNode> opening = new CompletableFuture<>();
    private final Heard heard = new Heard();
    private final NodeProcess node;
    private final int id;

    Connection(NodeProcess node, int id) {
      this.node = node;
      this.id = id;
    }

    void hear(JsonNode event) {
      switch (event.get("on").asString()) {
        case "open" -> opening.complete(event);
        case "refused" ->
            opening.completeExceptionally(
                new RefusedException(event.get("status").asInt(), event.get("body").asString()));
        case "text" -> heard.text(event.get("text").asString());
        case "binary" -> heard.binary(data(event));
        case "pong" -> heard.pong(data(event));
        case "close" -> heard.end(event.get("code").asInt(), event.get("reason").asString());
        default -> throw new AssertionError(event);
      }
    }

    void tell(String command, Map<String, ?> arguments) throws IOException {
      Map<String, Object> all = new ConcurrentHashMap<>(arguments);
      all.put("do", command);
      all.put("id", id);
      node.tell(all);
    }

    @Override
    public Heard heard() {
      return heard;
    }

    @Override
    public String subprotocol() {
      return opening.join().get("protocol").asString();
    }

    @Override
    public @Nullable String header(String name) {
      JsonNode value = opening.join().get("headers").get(name.toLowerCase(java.util.Locale.ROOT));
      return value == null ? null : value.asString();
    }

    @Override
    public void send(String text) throws IOException {
      tell("text", Map.of("text", text));
    }

    @Override
    public void send(byte[] data) throws IOException {
      tell("binary", Map.of("data", base64(data)));
    }

    @Override
    public void sendFragments(List<String> fragments) throws IOException {
      tell("fragments", Map.of("texts", fragments));
    }

    @Override
    public void ping(byte[] data) throws IOException {
      tell("ping", Map.of("data", base64(data)));
    }

    @Override
    public void close(int code, String reason) throws IOException {
      tell("close", Map.of("code", code, "reason", reason));
    }

    @Override
    public void abort() throws IOException {
      tell("terminate", Map.of());
    }

    private static String base64(byte[] data) {
      return Base64.getEncoder().encodeToString(data);
    }

    private static ByteBuffer data(JsonNode event) {
      return ByteBuffer.wrap(Base64.getDecoder().decode(event.get("data").asString()));
    }
  }
}
