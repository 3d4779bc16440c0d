package dev.priz.benchmarks.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.java_websocket.WebSocket;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.server.WebSocketServer;

/** Java-WebSocket with one decoder thread beside its selector. */
public final class JavaWebSocketEcho extends WebSocketServer {
  private JavaWebSocketEcho(int port) {
    super(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
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
