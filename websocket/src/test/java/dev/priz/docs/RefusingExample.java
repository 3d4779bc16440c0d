package dev.priz.docs;

import dev.priz.Decision;
import dev.priz.Handshake;
import dev.priz.HandshakeRefusedException;
import dev.priz.WebSocket;
import dev.priz.WebSocketServer;
import dev.priz.WebSocketServerBuilder;
import dev.priz.protocol.OriginPolicy;
import dev.priz.protocol.Response;
import java.util.concurrent.CompletableFuture;

/** The code of how-to/refusing-a-handshake.md. */
final class RefusingExample {
  private RefusingExample() {}

  static WebSocketServer blocking(String address) {
    return WebSocketServer.at(address)
        .handshake(RefusingExample::decide)
        .callbacks("/hello", ws -> ws.send("Hello " + ws.attachment()))
        .start();
  }

  static Decision decide(Handshake handshake) {
    String token = handshake.request().queryParameter("token");
    if (token == null) return Decision.refuse(401, "a token is needed");
    String user = userOf(token); // may block: this is a virtual thread
    if (user == null) return Decision.refuse(403, "this token is not known");
    return Decision.accept().attach(user);
  }

  static WebSocketServerBuilder asynchronous(String address) {
    return WebSocketServer.at(address)
        .handshakeAsync(handshake ->
            findUser(handshake.request().queryParameter("token"))
                .thenApply(user ->
                    user == null
                        ? Decision.refuse(403, "this token is not known")
                        : Decision.accept().attach(user)));
  }

  static Decision busy() {
    return Decision.refuse(Response.text(503, "the room is full").header("Retry-After", "30"));
  }

  static Decision withExtras(Handshake handshake) {
    if (!handshake.subprotocols().contains("chat.v2")) {
      return Decision.refuse(400, "this server speaks chat.v2");
    }
    return Decision.accept().subprotocol("chat.v2").header("Set-Cookie", "seen=1; HttpOnly");
  }

  static String connect(String address) {
    try (WebSocket ws = WebSocket.connect(address)) {
      return "open: " + ws.request().path();
    } catch (HandshakeRefusedException refused) {
      return refused.status() + ": " + refused.bodyText(); // 401: a token is needed
    }
  }

  static WebSocketServerBuilder origins(WebSocketServerBuilder server) {
    return server.origins(
        OriginPolicy.allow("https://example.com", "https://app.example.com:8443"));
  }

  static WebSocketServerBuilder localOnly(WebSocketServerBuilder server) {
    return server.origins(OriginPolicy.sameOrigin().hosts("localhost", "127.0.0.1", "[::1]"));
  }

  private static String userOf(String token) {
    return token.equals("letmein") ? "Ada" : null;
  }

  private static CompletableFuture<String> findUser(String token) {
    return CompletableFuture.supplyAsync(() -> token == null ? null : userOf(token));
  }
}
