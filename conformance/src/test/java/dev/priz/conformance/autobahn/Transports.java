package dev.priz.conformance.autobahn;

import dev.priz.Transport;
import dev.priz.WebSocketClient;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** The ways to do I/O on which the suite runs; a source of arguments for tests. */
final class Transports {
  private Transports() {}

  /** Those of this operating system, the one that is chosen by itself among them. */
  static List<Transport> ofThisSystem() {
    return System.getProperty("os.name").equals("Linux")
        ? List.of(Transport.IO_URING, Transport.EPOLL, Transport.NIO)
        : List.of(Transport.KQUEUE, Transport.NIO);
  }

  /** Skips the test that runs, saying why, on a machine that lacks or forbids this transport. */
  static void assumeWorks(Transport transport) {
    try {
      WebSocketClient.builder().transport(transport).build().close();
    } catch (IllegalStateException doesNotWorkHere) {
      System.out.println("autobahn skipped: " + doesNotWorkHere.getMessage());
      Assumptions.abort(doesNotWorkHere.getMessage());
    }
  }
}
