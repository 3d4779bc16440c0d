package dev.priz.conformance.interop;

import java.util.Set;

/** Somebody else's library in one of its roles, started. */
abstract sealed class Peer permits PeerClient, PeerServer {
  /** What it does not let a program do or see, so that it is left out of the tests of that. */
  Set<Ability> lacks() {
    return Set.of();
  }

  /** Ends its threads and processes, and what is left of its connections. */
  abstract void stop() throws Exception;

  /** The library's name: that of the adapter without its last word. */
  @Override
  public final String toString() {
    Class<?> outer = getClass().getEnclosingClass();
    String adapter = (outer == null ? getClass() : outer).getSimpleName();
    return adapter.substring(0, adapter.length() - "Peer".length());
  }
}
