package dev.priz.cli;

/** A command could not do what it was told to. */
class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String line;

  /** A failure with the user's line. */
  CommandFailure(String line) {
    super(line);
    this.line = line;
  }

  /** A failure with the user's line and what caused it. */
  CommandFailure(String line, Throwable cause) {
    super(line, cause);
    this.line = line;
  }

  /** What to tell the user. */
  String line() {
    return line;
  }
}
