package dev.priz.docs;

import dev.priz.TlsOptions;
import dev.priz.WebSocket;
import dev.priz.WebSocketClient;
import dev.priz.WebSocketException;
import dev.priz.WebSocketServer;
import java.nio.file.Path;
import java.time.Duration;

/** The code of how-to/tls.md. */
final class TlsExample {
  private TlsExample() {}

  static WebSocketServer server(Path folder, String address) {
    TlsOptions tls = TlsOptions.pem(folder.resolve("server.pem"), folder.resolve("server.key"));
    return WebSocketServer.at(address)
        .tls(tls)
        .callbacks("/echo", ws -> ws.onText(ws::send))
        .start();
  }

  static TlsOptions keyStore(Path folder) {
    return TlsOptions.pkcs12(folder.resolve("server.p12"), "changeit");
  }

  static WebSocket trusting(Path folder, String address) {
    WebSocketClient client =
        WebSocketClient.builder().tls(TlsOptions.CLIENT.trust(folder.resolve("ca.pem"))).build();
    return client.connect(address);
  }

  static TlsOptions hosts(Path folder) {
    // @start region="hosts"
    return TlsOptions.pem(folder.resolve("server.pem"), folder.resolve("server.key"))
        .forHost(
            "example.com",
            TlsOptions.pem(folder.resolve("example.pem"), folder.resolve("example.key")))
        .forHost("*.example.com", TlsOptions.pkcs12(folder.resolve("wildcard.p12"), "changeit"));
    // @end
  }

  static TlsOptions everyMinute(TlsOptions tls) {
    return tls.reloadEvery(Duration.ofMinutes(1));
  }

  static String reload(WebSocketServer server) {
    try {
      return server.reloadTls() ? "new certificate" : "nothing new";
    } catch (WebSocketException unusable) {
      return "still the old certificate: " + unusable.getMessage();
    }
  }

  static TlsOptions mutualServer(Path folder) {
    return TlsOptions.pem(folder.resolve("server.pem"), folder.resolve("server.key"))
        .trust(folder.resolve("ca.pem"))
        .requireClientCertificate();
  }

  static TlsOptions mutualClient(Path folder) {
    return TlsOptions.pem(folder.resolve("client.pem"), folder.resolve("client.key"))
        .trust(folder.resolve("ca.pem"));
  }

  static TlsOptions provider(TlsOptions tls) {
    return tls.provider(TlsOptions.Provider.JDK);
  }

  static WebSocketClient forTests() {
    return WebSocketClient.builder().tls(TlsOptions.CLIENT.insecure()).build();
  }
}
