package dev.priz;

import java.util.stream.Stream;

/** The transports that work on this machine; a source of arguments for tests. */
final class Transports {
  private Transports() {}

  static Stream<Transport> working() {
    return Stream.of(Transport.values()).filter(Transports::works);
  }

  private static boolean works(Transport transport) {
    var kind = transport.kind();
    return kind != null && kind.obstacle() == null;
  }
}
