package dev.priz.protocol.deflate;

/** Why {@link InflateDecoder#inflate} returned. */
public enum InflateStatus {
  /** All input is taken, and the message goes on. */
  INPUT_USED,
  /** There is more output than space; to be called again with more of it. */
  OUTPUT_FULL,
  /** The message is complete. */
  MESSAGE_ENDED,
  /** The message broke a rule or a limit; {@link InflateDecoder#fault} tells which. */
  FAILED
}
