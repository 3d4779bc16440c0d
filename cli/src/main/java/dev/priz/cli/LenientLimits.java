package dev.priz.cli;

import dev.priz.protocol.Limits;

/** What a command takes from its peer: for tests, far more than is wise on the internet. */
final class LenientLimits {
  static final int MAX_MESSAGE_BYTES = 64 << 20;
  private static final int MAX_FRAGMENTS = 1_000_000;

  private LenientLimits() {}

  /** Limits with messages up to a size, in however many fragments. */
  static Limits upTo(int maxMessageBytes) {
    return Limits.DEFAULT.maxMessageBytes(maxMessageBytes).maxFragments(MAX_FRAGMENTS);
  }
}
