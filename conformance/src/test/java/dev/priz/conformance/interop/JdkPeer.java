package dev.priz.conformance.interop;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** The JDK's own {@code java.net.http}, which has no server. */
final class JdkPeer extends PeerClient {
  private final HttpClient client = HttpClient.newHttpClient();

  @Override
  Set<Ability> lacks() {
    // It hides the response unless it is a refusal, and knows no extensions. One in fifty times it
    // misses the end of a TCP connection right behind a message.
    return Set.of(Ability.SEES_RESPONSE_HEADERS, Ability.COMPRESSES, Ability.NOTICES_ABRUPT_ENDS);
  }

  @Override
  PeerConnection connect(String address) throws Exception {
    var connection = new Connection();
    List<String> offered = Contract.OFFERED;
    try {
      return connection.over(
          client
              .newWebSocketBuilder()
              .header(Contract.REQUEST_HEADER, Contract.TOKEN)
              .subprotocols(
                  offered.get(0), offered.subList(1, offered.size()).toArray(String[]::new))
              .buildAsync(URI.create(address), connection)
              .get(Heard.DEADLINE_SECONDS, SECONDS));
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof WebSocketHandshakeException refusal) {
        throw new RefusedException(
            refusal.getResponse().statusCode(), String.valueOf(refusal.getResponse().body()));
      }
      throw failure;
    }
  }

  @Override
  void stop() {
    client.shutdownNow();
    client.close();
  }

  private static final class Connection implements PeerConnection, WebSocket.Listener {
    private final Heard heard = new Heard();
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream binary = new ByteArrayOutputStream();
    private WebSocket ws;

    PeerConnection over(WebSocket opened) {
      ws = opened;
      return this;
    }

    @Override
    public void onOpen(WebSocket socket) {
      socket.request(Long.MAX_VALUE);
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        heard.text(text.toString());
        text.setLength(0);
      }
      return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
      byte[] part = new byte[data.remaining()];
      data.get(part);
      binary.writeBytes(part);
      if (last) {
        heard.binary(ByteBuffer.wrap(binary.toByteArray()));
        binary.reset();
      }
      return null;
    }

    @Override
    public CompletionStage<?> onPong(WebSocket socket, ByteBuffer data) {
      heard.pong(data);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      heard.end(code, reason);
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable failure) {
      heard.end(failure);
    }

    @Override
    public Heard heard() {
      return heard;
    }

    @Override
    public String subprotocol() {
      return ws.getSubprotocol();
    }

    @Override
    public @Nullable String header(String name) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void send(String message) throws Exception {
      await(ws.sendText(message, true));
    }

    @Override
    public void send(byte[] data) throws Exception {
      await(ws.sendBinary(ByteBuffer.wrap(data), true));
    }

    @Override
    public void sendFragments(List<String> fragments) throws Exception {
      int last = fragments.size() - 1;
      for (int i = 0; i <= last; i++) await(ws.sendText(fragments.get(i), i == last));
    }

    @Override
    public void ping(byte[] data) throws Exception {
      await(ws.sendPing(ByteBuffer.wrap(data)));
    }

    @Override
    public void close(int code, String reason) throws Exception {
      await(ws.sendClose(code, reason));
    }

    @Override
    public void abort() {
      ws.abort();
    }

    private static void await(CompletableFuture<WebSocket> sent) throws Exception {
      sent.get(Heard.DEADLINE_SECONDS, SECONDS);
    }
  }
}
