package dev.priz.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The TCP sockets of this machine, as Linux lists them. */
final class SocketTable {
  /** The peer has ended its half, and this end does nothing about it. */
  static final String CLOSE_WAIT = "08";

  private static final int LOCAL = 1;
  private static final int STATE = 3;

  private SocketTable() {}

  /** Whether this machine lists them. */
  static boolean exists() {
    return Files.exists(Path.of("/proc/net/tcp"));
  }

  /** How many sockets with a local port are in a state. */
  static long count(int localPort, String state) throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(Path.of("/proc/net/tcp")));
    Path six = Path.of("/proc/net/tcp6");
    if (Files.exists(six)) lines.addAll(Files.readAllLines(six));
    String port = ":%04X".formatted(localPort);
    return lines.stream()
        .map(line -> line.strip().split("\\s+"))
        .filter(fields -> fields[LOCAL].endsWith(port) && fields[STATE].equals(state))
        .count();
  }

  /** Waits until none is in a state, but not longer than some seconds; says whether it is so. */
  static boolean isEmptyWithin(int seconds, int localPort, String state) throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (count(localPort, state) > 0) {
      if (System.nanoTime() - deadline > 0) return false;
      Thread.onSpinWait();
    }
    return true;
  }
}
