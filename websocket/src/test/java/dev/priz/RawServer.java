package dev.priz;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.CompletableFuture;

/** A server that is a listening TCP socket, for clients that meet {@link RawPeer}s. */
final class RawServer implements AutoCloseable {
  private final ServerSocket listener;

  private RawServer(ServerSocket listener) {
    this.listener = listener;
  }

  static RawServer listen() throws IOException {
    return new RawServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
  }

  String address() {
    return "ws://127.0.0.1:" + port();
  }

  int port() {
    return listener.getLocalPort();
  }

  /** The next one to connect; nothing has been read from it. */
  RawPeer accept() throws IOException {
    return RawPeer.of(listener.accept());
  }

  /** A client that has connected here, and the peer that it talks to. */
  record Meeting(WebSocket client, RawPeer peer) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      client.abort();
      peer.close();
    }
  }

  /** Has a client connect; nothing has been sent to it but the response to its handshake. */
  Meeting meet(WebSocketClient client) throws IOException, InterruptedException {
    return meet(client, "");
  }

  /**
   * Has a client connect.
   *
   * @param early frames in hex, sent in one piece with the response to the handshake
   */
  Meeting meet(WebSocketClient client, String early) throws IOException, InterruptedException {
    CompletableFuture<WebSocket> opening = client.connectAsync(address());
    RawPeer peer = accept();
    peer.sendTextAndHex(RawPeer.acceptance(peer.readHead()), early);
    return new Meeting(Soon.value(opening), peer);
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
