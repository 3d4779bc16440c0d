package dev.priz.benchmarks.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import org.java_websocket.WebSocket;
import org.java_websocket.drafts.Draft;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.extensions.permessage_deflate.PerMessageDeflateExtension;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.server.WebSocketServer;

/** Java-WebSocket with one decoder thread beside its selector. */
public final class JavaWebSocketEcho extends WebSocketServer {
  private JavaWebSocketEcho(int port) {
    super(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1, drafts());
  }

  private static List<Draft> drafts() {
    return List.of(
        Boolean.getBoolean("deflate")
            ? new Draft_6455(new PerMessageDeflateExtension())
            : new Draft_6455());
  }

  /**
   * Starts the server.
   *
   * @param args port
   */
  public static void main(String[] args) {
    var server = new JavaWebSocketEcho(Integer.parseInt(args[0]));
    server.setTcpNoDelay(true);
    server.setMaxPendingConnections(4096);
    server.start();
  }

  @Override
  public void onOpen(WebSocket ws, ClientHandshake handshake) {
    ws.setAttachment(handshake.getResourceDescriptor().equals("/broadcast"));
  }

  @Override
  public void onMessage(WebSocket ws, String message) {
    boolean broadcasts = ws.getAttachment();
    if (broadcasts) {
      broadcast(message);
    } else {
      ws.send(message);
    }
  }

  @Override
  public void onMessage(WebSocket ws, ByteBuffer message) {
    ws.send(message);
  }

  @Override
  public void onClose(WebSocket ws, int code, String reason, boolean remote) {}

  @Override
  public void onError(WebSocket ws, Exception failure) {}

  @Override
  public void onStart() {}
}
