package dev.priz;

/** The examples of limits for a whole server in the Javadoc. */
final class ServerLimitsExample {
  private ServerLimitsExample() {}

  static WebSocketServer limits(String address) {
    // @start region="limits"
    WebSocketServer server =
        WebSocketServer.at(address)
            .limits(ServerLimits.DEFAULT.maxConnectionsPerAddress(50).handshakesPerAddress(10, 100))
            .callbacks("/echo", ws -> ws.onText(ws::send))
            .start();
    // @end
    return server;
  }

  static WebSocketServer proxies(String address) {
    // @start region="proxies"
    WebSocketServer server =
        WebSocketServer.at(address)
            .behindProxies(TrustedProxies.xForwardedFor("127.0.0.1", "10.0.0.0/8"))
            .callbacks("/echo", ws -> ws.onText(ws::send))
            .start();
    // @end
    return server;
  }
}
