package dev.priz.conformance.interop;

import java.util.List;

/** Somebody else's client, which connects as {@link Contract} says. */
abstract non-sealed class PeerClient extends Peer {
  /** One of each library. */
  static List<PeerClient> all() throws Exception {
    return List.of(
        new JdkPeer(),
        new JavaWebSocketPeer.Client(),
        new OkHttpPeer.Client(),
        new UndertowPeer.Client(),
        new JettyPeer.Client(),
        new NodePeer.Client());
  }

  /**
   * Connects; returns when the connection is open.
   *
   * @param address of Priz's server, with the path
   * @throws RefusedException if the server refuses
   */
  abstract PeerConnection connect(String address) throws Exception;
}
