package dev.priz.cli;

/** Something to do when a signal ends the program during some work. */
final class ShutdownHook {
  private ShutdownHook() {}

  /**
   * Works, and is prepared for a signal meanwhile.
   *
   * @param atSignal run on a thread of its own; the program ends when it is done
   */
  static void during(Runnable work, Runnable atSignal) {
    Thread hook = Thread.ofPlatform().name("priz-shutdown").unstarted(atSignal);
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      work.run();
    } finally {
      forget(hook);
    }
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException signalCame) {
      // The JVM waits for the hook by itself.
    }
  }
}
