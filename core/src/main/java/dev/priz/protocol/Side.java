package dev.priz.protocol;

/** The side of the connection that this end plays; it decides who masks (RFC 6455 §5.1). */
public enum Side {
  /** The end that connected: masks every frame it sends, accepts only unmasked ones. */
  CLIENT,
  /** The end that accepted: sends unmasked frames, accepts only masked ones. */
  SERVER;

  /** The peer's side. */
  public Side other() {
    return this == CLIENT ? SERVER : CLIENT;
  }
}
