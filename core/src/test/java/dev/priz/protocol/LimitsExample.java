package dev.priz.protocol;

/** The example in the Javadoc of {@link Limits}. */
final class LimitsExample {
  private LimitsExample() {}

  static Limits limits() {
    // @start region="change"
    Limits limits = Limits.DEFAULT.maxMessageBytes(64 * 1024).controlFrames(10, 20);
    // @end
    return limits;
  }
}
