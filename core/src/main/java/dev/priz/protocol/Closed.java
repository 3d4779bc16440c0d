package dev.priz.protocol;

import org.jspecify.annotations.Nullable;

/**
 * How a connection ended.
 *
 * @param code the peer's close code (RFC 6455 §7.1.5), {@link CloseCode#NO_STATUS} if its Close
 *     frame had none; without a Close frame from the peer, the code with which this end failed the
 *     connection, or else {@link CloseCode#ABNORMAL}
 * @param reason the text that came with the code, or empty
 * @param by who began to close
 * @param sent the Close frame that this end sent or had ready, if any
 * @param received the peer's Close frame, if any
 * @param violation the rule that the peer broke, if that is why
 */
public record Closed(
    int code,
    String reason,
    By by,
    @Nullable Close sent,
    @Nullable Close received,
    @Nullable Violation violation) {

  /** Who began to close. */
  public enum By {
    /** This end sent the first Close frame. */
    THIS_END,
    /** The peer sent the first Close frame. */
    PEER,
    /** The TCP connection was lost before any Close frame. */
    NOBODY
  }

  /**
   * Whether both Close frames passed, so that neither end lost a message without knowing (RFC 6455
   * §7.1.4).
   */
  public boolean isClean() {
    return sent != null && received != null && violation == null;
  }

  @Override
  public String toString() {
    return code + (reason.isEmpty() ? "" : " \"" + reason + "\"") + " by " + by;
  }
}
