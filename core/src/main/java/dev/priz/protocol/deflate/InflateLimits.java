package dev.priz.protocol.deflate;

/**
 * How much one compressed message may make this end hold or do. All are checked while the message
 * is decompressed, and in the same way however it is split.
 *
 * @param maxOutputBytes size of the decompressed message
 * @param maxRatio output for each byte of input; looked at after every 4 KiB of output, from 64 KiB
 *     on, because short runs of one byte are harmless and reach the 1,032 that the format allows
 * @param maxIdleWork what may be done for nothing, looked at before each block: each byte of input
 *     counts 1, each block another 8, or 256 if it brings its own codes, and each byte of output is
 *     worth 16
 */
public record InflateLimits(long maxOutputBytes, int maxRatio, int maxIdleWork) {
  /** A {@link #maxRatio} that no input can exceed. */
  public static final int ANY_RATIO = Integer.MAX_VALUE;

  /** 1 MiB of output, any ratio, idle work of 64 KiB. */
  public static final InflateLimits DEFAULT = new InflateLimits(1 << 20, ANY_RATIO, 64 * 1024);

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is below 1
   */
  public InflateLimits {
    positive("maxOutputBytes", maxOutputBytes);
    positive("maxRatio", maxRatio);
    positive("maxIdleWork", maxIdleWork);
  }

  private static void positive(String name, long value) {
    if (value < 1) throw new IllegalArgumentException(name + " is " + value + ", the least is 1");
  }
}
