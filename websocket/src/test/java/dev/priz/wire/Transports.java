package dev.priz.wire;

import dev.priz.Transport;
import dev.priz.netty.Loops;
import java.util.Arrays;
import java.util.List;

/** The transports that work on this machine; NIO always does. */
final class Transports {
  private Transports() {}

  static List<Transport> working() {
    return Arrays.stream(Loops.Kind.values())
        .filter(kind -> kind.obstacle() == null)
        .map(kind -> Transport.valueOf(kind.name()))
        .toList();
  }
}
