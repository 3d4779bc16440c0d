package dev.priz.benchmarks;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The processes that this one has started, none of which outlives it. */
public final class Children {
  private static final Set<Process> ALIVE = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> ALIVE.forEach(Children::end), "end children"));
  }

  private Children() {}

  /** Starts a process. */
  public static Process start(ProcessBuilder builder) throws IOException {
    Process child = builder.start();
    ALIVE.add(child);
    return child;
  }

  /** Ends a process and what it has started itself, at once; waits for that. */
  public static void end(Process child) {
    child.descendants().forEach(ProcessHandle::destroyForcibly);
    child.destroyForcibly().onExit().join();
    ALIVE.remove(child);
  }
}
