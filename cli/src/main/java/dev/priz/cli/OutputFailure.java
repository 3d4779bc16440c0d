package dev.priz.cli;

import java.io.IOException;

/** Standard output could not be written. */
final class OutputFailure extends CommandFailure {
  private static final long serialVersionUID = 1L;

  OutputFailure(IOException cause) {
    super("cannot write to standard output: " + cause.getMessage(), cause);
  }

  /**
   * Whether the reader has gone, as {@code head} does: nobody's mistake, and nothing to be told.
   */
  boolean isBrokenPipe() {
    return line().endsWith(": Broken pipe");
  }
}
