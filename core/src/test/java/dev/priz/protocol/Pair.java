package dev.priz.protocol;

import static dev.priz.protocol.Wire.heap;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/** A client and a server, connected to each other in memory. */
final class Pair {
  final Endpoint client;
  final Endpoint server;

  Pair() {
    this(Limits.DEFAULT);
  }

  Pair(Limits limits) {
    client = Endpoint.open(Side.CLIENT, limits);
    server = Endpoint.open(Side.SERVER, limits);
  }

  Endpoint end(Side side) {
    return side == Side.CLIENT ? client : server;
  }

  /** Carries bytes both ways until neither end has any left. */
  void exchange() {
    exchange(available -> available);
  }

  /**
   * Carries bytes both ways until neither end has any left.
   *
   * @param chunkBytes how many of the available bytes to carry at once, at least one
   */
  void exchange(IntUnaryOperator chunkBytes) {
    boolean carried;
    do {
      carried = carry(client, server, chunkBytes);
      carried |= carry(server, client, chunkBytes);
    } while (carried);
  }

  private static boolean carry(Endpoint from, Endpoint to, IntUnaryOperator chunkBytes) {
    byte[] bytes = from.takeOutput();
    for (int at = 0; at < bytes.length; ) {
      int length = chunkBytes.applyAsInt(bytes.length - at);
      to.receive(heap(Arrays.copyOfRange(bytes, at, at + length)));
      at += length;
    }
    return bytes.length > 0;
  }
}
