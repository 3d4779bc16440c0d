package dev.priz.topic;

/** What the payload of a {@link Publication} is, and so what subscribers get. */
public enum Format {
  /** Any text; a text message. */
  TEXT,
  /** A value of JSON (RFC 8259); a text message. */
  JSON,
  /** Bytes; a binary message. */
  BINARY
}
