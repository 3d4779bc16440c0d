package dev.priz.cli;

/**
 * What the library logs, to standard error: warnings, in the form that {@code
 * simplelogger.properties} gives them.
 */
final class Logging {
  private Logging() {}

  /**
   * Has the library not warn of slow callbacks, which a busy machine makes of any; to be called
   * before the library is.
   */
  static void hideSlowCallbacks() {
    System.setProperty("org.slf4j.simpleLogger.log.dev.priz.SlowCallback", "error");
  }

  /**
   * Has the library tell more, such as which transport it uses; to be called before the library is.
   */
  static void showMore() {
    System.setProperty("org.slf4j.simpleLogger.log.dev.priz", "info");
  }
}
