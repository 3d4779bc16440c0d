package dev.priz.conformance.interop;

import java.util.List;

/** Somebody else's server, which receives clients as {@link Contract} says. */
abstract non-sealed class PeerServer extends Peer {
  private final Visitors visitors = new Visitors();

  /** One of each library, on free ports of 127.0.0.1. */
  static List<PeerServer> all() throws Exception {
    return List.of(
        new JavaWebSocketPeer.Server(),
        new OkHttpPeer.Server(),
        new UndertowPeer.Server(),
        new JettyPeer.Server(),
        new NodePeer.Server());
  }

  /** Where it listens. */
  abstract int port();

  /** Those who came. */
  final Visitors visitors() {
    return visitors;
  }
}
