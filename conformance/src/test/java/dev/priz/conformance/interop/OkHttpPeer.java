package dev.priz.conformance.interop;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Headers;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** OkHttp, and its MockWebServer, by Square. */
final class OkHttpPeer {
  private static final String SUBPROTOCOL = "Sec-WebSocket-Protocol";

  private OkHttpPeer() {}

  static final class Client extends PeerClient {
    private final OkHttpClient client = new OkHttpClient();

    @Override
    Set<Ability> lacks() {
      // It does not fragment, and its Pings are those of its keep-alive.
      return Set.of(Ability.CHOOSES_FRAGMENTS, Ability.SENDS_PINGS);
    }

    @Override
    PeerConnection connect(String address) throws Exception {
      var connection = new Connection(null);
      Request request =
          new Request.Builder()
              .url(address)
              .header(Contract.REQUEST_HEADER, Contract.TOKEN)
              .header(SUBPROTOCOL, String.join(", ", Contract.OFFERED))
              .build();
      client.newWebSocket(request, connection);
      return connection.opened();
    }

    @Override
    void stop() {
      client.dispatcher().executorService().shutdown();
      client.connectionPool().evictAll();
    }
  }

  static final class Server extends PeerServer {
    private final MockWebServer server = new MockWebServer();

    Server() throws IOException {
      server.setDispatcher(
          new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
              return answer(request);
            }
          });
      server.start(InetAddress.getLoopbackAddress(), 0);
    }

    @Override
    Set<Ability> lacks() {
      // As the client; and cancelling fails on a server.
      // Its server for tests declines every extension.
      return Set.of(
          Ability.CHOOSES_FRAGMENTS, Ability.SENDS_PINGS, Ability.ABORTS, Ability.COMPRESSES);
    }

    @Override
    int port() {
      return server.getPort();
    }

    @Override
    void stop() {
      server.close();
    }

    private MockResponse answer(RecordedRequest request) {
      var response = new MockResponse.Builder();
      if (request.getTarget().equals(Contract.REFUSED_PATH)) {
        return response.code(Contract.REFUSAL_STATUS).body(Contract.REFUSAL_BODY).build();
      }
      // It leaves the choice of a subprotocol to the program.
      return response
          .webSocketUpgrade(new Connection(visitors(), request.getHeaders()))
          .addHeader(SUBPROTOCOL, Contract.AGREED)
          .build();
    }
  }

  private static final class Connection extends WebSocketListener implements PeerConnection {
    private final CompletableFuture<PeerConnection> opening = new CompletableFuture<>();
    private final Heard heard = new Heard();
    private final @Nullable Visitors visitors;
    private @Nullable Headers received;
    private @Nullable String subprotocol;
    private volatile WebSocket ws;

    Connection(@Nullable Visitors visitors) {
      this.visitors = visitors;
    }

    Connection(Visitors visitors, Headers received) {
      this.visitors = visitors;
      this.received = received;
    }

    PeerConnection opened() throws Exception {
      try {
        return opening.get(Heard.DEADLINE_SECONDS, TimeUnit.SECONDS);
      } catch (ExecutionException failure) {
        if (failure.getCause() instanceof RefusedException refusal) throw refusal;
        throw failure;
      }
    }

    @Override
    public void onOpen(WebSocket socket, Response response) {
      ws = socket;
      subprotocol = response.header(SUBPROTOCOL);
      if (received == null) received = response.headers();
      opening.complete(this);
      if (visitors != null) visitors.greet(this);
    }

    @Override
    public void onMessage(WebSocket socket, String text) {
      heard.text(text);
    }

    @Override
    public void onMessage(WebSocket socket, ByteString data) {
      heard.binary(data.asByteBuffer());
    }

    @Override
    public void onClosing(WebSocket socket, int code, String reason) {
      heard.end(code, reason);
      socket.close(1000, null);
    }

    @Override
    public void onFailure(WebSocket socket, Throwable failure, @Nullable Response response) {
      heard.end(failure);
      opening.completeExceptionally(response == null ? failure : refusal(response));
    }

    @Override
    public Heard heard() {
      return heard;
    }

    @Override
    public @Nullable String subprotocol() {
      return subprotocol;
    }

    @Override
    public @Nullable String header(String name) {
      return received.get(name);
    }

    @Override
    public void send(String text) {
      check(ws.send(text));
    }

    @Override
    public void send(byte[] data) {
      check(ws.send(ByteString.of(data)));
    }

    @Override
    public void close(int code, String reason) {
      check(ws.close(code, reason));
    }

    @Override
    public void abort() {
      ws.cancel();
    }

    private static Exception refusal(Response response) {
      try {
        return new RefusedException(response.code(), response.body().string());
      } catch (IOException failure) {
        return failure;
      }
    }

    private static void check(boolean taken) {
      if (!taken) throw new IllegalStateException("not sent");
    }
  }
}
