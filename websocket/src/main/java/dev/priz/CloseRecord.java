package dev.priz;

import dev.priz.netty.LinkEnd;
import dev.priz.protocol.CloseCode;
import dev.priz.protocol.Closed;
import dev.priz.protocol.Violation;
import java.net.SocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Why a connection ended, for those who keep an eye on many; without any payload, query or header
 * field.
 *
 * @param path of the request that opened it
 * @param peer where the peer connected from, or null if that is not known
 * @param cause what ended it
 * @param closed who began to close, with which codes, and the rule that the peer broke
 * @param lasted from the end of the opening handshake
 * @param droppedBytes output that was waiting for the peer when it was given up
 */
public record CloseRecord(
    String path,
    @Nullable SocketAddress peer,
    Cause cause,
    Closed closed,
    Duration lasted,
    long droppedBytes) {

  /** What ended a connection. */
  public enum Cause {
    /** The peer began a closing handshake. */
    PEER,
    /** This end began a closing handshake. */
    THIS_END,
    /** This end began a closing handshake, and the peer did not answer in time. */
    UNANSWERED,
    /** The peer broke a rule or went beyond a limit: {@link Closed#violation}. */
    VIOLATION,
    /** The peer fell silent: {@link Violation#KEEP_ALIVE_TIMEOUT}. */
    SILENT_PEER,
    /** The peer took too little of what was sent to it. */
    SLOW_PEER,
    /** TCP or TLS ended without a Close frame. */
    LOST,
    /** A callback or a handler of the application threw. */
    THROWN,
    /** The peer sent a message that the application's codec does not take. */
    UNDECODABLE,
    /** The application called {@link WebSocket#abort}. */
    ABORTED,
    /** An error inside this library. */
    BROKEN
  }

  /**
   * The option of {@link dev.priz.protocol.Limits} or {@link dev.priz.protocol.Timeouts} that the
   * peer went beyond, or null.
   */
  public @Nullable String limit() {
    Violation violation = closed.violation();
    return violation == null ? null : violation.limit();
  }

  static Cause cause(Closed closed, LinkEnd end, @Nullable Cause fault) {
    if (fault != null) return fault;
    if (closed.violation() == Violation.KEEP_ALIVE_TIMEOUT) return Cause.SILENT_PEER;
    if (closed.violation() != null) return Cause.VIOLATION;
    return switch (end.how()) {
      case SLOW_PEER -> Cause.SLOW_PEER;
      case BROKEN -> Cause.BROKEN;
      case ABORTED -> Cause.ABORTED;
      case NORMAL -> byFrames(closed);
    };
  }

  /** One line for a log. */
  @Override
  public String toString() {
    var line = new StringBuilder(160);
    line.append(path).append(" from ").append(peer).append(": ").append(cause);
    line.append(", code ").append(closed.code()).append(", by ").append(closed.by());
    Violation violation = closed.violation();
    if (violation != null) {
      line.append(", ")
          .append(violation.text())
          .append(" (")
          .append(violation.section())
          .append(')');
    }
    if (limit() != null) line.append(", limit ").append(limit());
    if (droppedBytes > 0) line.append(", ").append(droppedBytes).append(" bytes dropped");
    return line.append(", after ").append(lasted.toMillis()).append(" ms").toString();
  }

  private static Cause byFrames(Closed closed) {
    if (closed.received() != null) {
      return closed.by() == Closed.By.PEER ? Cause.PEER : Cause.THIS_END;
    }
    return closed.sent() != null && closed.code() == CloseCode.ABNORMAL
        ? Cause.UNANSWERED
        : Cause.LOST;
  }
}
