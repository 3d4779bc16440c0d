package dev.priz.docs;

import dev.priz.HandshakeRefusedException;
import dev.priz.ProxyOptions;
import dev.priz.RedirectPolicy;
import dev.priz.WebSocket;
import dev.priz.WebSocketClient;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** The code of how-to/proxies-and-redirects.md. */
final class ClientRouteExample {
  private ClientRouteExample() {}

  static WebSocketClient throughProxy(String password) {
    WebSocketClient client =
        WebSocketClient.builder()
            .proxy(ProxyOptions.at("proxy.example.com", 3128).credentials("ada", password))
            .build();
    return client;
  }

  static WebSocketClient following() {
    return WebSocketClient.builder().followRedirects().build();
  }

  static WebSocketClient followingWithinOrigin(String key) {
    return WebSocketClient.builder()
        .header("X-Api-Key", key)
        .followRedirects(RedirectPolicy.SAME_ORIGIN)
        .build();
  }

  static WebSocketClient followingWithinDomain() {
    return WebSocketClient.builder()
        .followRedirects(redirect ->
            RedirectPolicy.GUARDED.allows(redirect)
                && redirect.to().host().endsWith(".example.com"))
        .build();
  }

  static WebSocket connectPatiently(WebSocketClient client, String address)
      throws InterruptedException {
    try {
      return client.connect(address);
    } catch (HandshakeRefusedException refused) {
      Duration wait = refused.retryAfter();
      if (wait == null) throw refused;
      Thread.sleep(wait);
      return client.connect(address);
    }
  }

  static CompletableFuture<WebSocket> givingUp(WebSocketClient client, String address) {
    CompletableFuture<WebSocket> opening = client.connectAsync(address);
    opening.cancel(true);
    return opening;
  }
}
