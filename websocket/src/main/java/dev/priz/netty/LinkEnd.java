package dev.priz.netty;

/**
 * How a link came to its end, beside what the two Close frames tell.
 *
 * @param how what ended it
 * @param droppedBytes output that was waiting for the peer, and never left
 */
public record LinkEnd(How how, long droppedBytes) {
  /** The end of a link whose peers, or whose TCP connection, ended it. */
  static final LinkEnd NORMAL = new LinkEnd(How.NORMAL, 0);

  /** What ended a link. */
  public enum How {
    /** A closing handshake, a violation, or the loss of the TCP connection. */
    NORMAL,
    /** The peer took too little of what was waiting for it. */
    SLOW_PEER,
    /** An error of our own. */
    BROKEN,
    /** The application gave it up. */
    ABORTED
  }
}
