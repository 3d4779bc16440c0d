package dev.priz.conformance.interop;

/** What a client of another library is told when a server refuses the opening handshake. */
final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String body;

  RefusedException(int status, String body) {
    super("refused with status " + status);
    this.status = status;
    this.body = body;
  }

  /** The status; 0 where the library does not tell. */
  int status() {
    return status;
  }

  /** The body; empty where the library does not tell. */
  String body() {
    return body;
  }
}
