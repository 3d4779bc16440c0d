package dev.priz.protocol;

import dev.priz.protocol.deflate.DeflateLevel;

/** The example in the Javadoc of {@link DeflateOptions}. */
final class DeflateOptionsExample {
  private DeflateOptionsExample() {}

  static DeflateOptions options() {
    // @start region="change"
    DeflateOptions options =
        DeflateOptions.SHARED.level(DeflateLevel.SMALLEST).thresholdBytes(1_024);
    // @end
    return options;
  }
}
