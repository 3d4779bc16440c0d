package dev.priz;

import dev.priz.protocol.Failed;
import dev.priz.protocol.Violation;

/**
 * The peer broke a rule of the protocol, so that the connection was failed (RFC 6455 §7.1.7); given
 * to {@code onError}.
 */
public final class ProtocolViolationException extends WebSocketException {
  private static final long serialVersionUID = 1L;

  private final Violation violation;

  ProtocolViolationException(Failed failed) {
    super(failed.detail() + " (" + failed.violation().section() + ")");
    violation = failed.violation();
  }

  /** The rule. */
  public Violation violation() {
    return violation;
  }
}
