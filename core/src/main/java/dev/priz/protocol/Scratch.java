package dev.priz.protocol;

/**
 * A work area that the connections of one thread share, so that an idle connection holds none. It
 * carries nothing from one call to the next.
 */
public final class Scratch {
  static final int BYTES = 64 * 1024;

  final byte[] bytes = new byte[BYTES];
  final Utf8Validator utf8 = new Utf8Validator();

  /** A work area of 64 KiB. */
  public Scratch() {}
}
