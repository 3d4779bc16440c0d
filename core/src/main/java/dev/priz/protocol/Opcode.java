package dev.priz.protocol;

import org.jspecify.annotations.Nullable;

/** What a frame carries (RFC 6455 §5.2 and §11.8). */
public enum Opcode {
  /** A further fragment of the message that an earlier frame began. */
  CONTINUATION(0x0),
  /** The first or only frame of a text message, in UTF-8. */
  TEXT(0x1),
  /** The first or only frame of a binary message. */
  BINARY(0x2),
  /** The closing handshake (§5.5.1). */
  CLOSE(0x8),
  /** Asks the peer for a Pong with the same payload (§5.5.2). */
  PING(0x9),
  /** Answers a Ping, or a one-way heartbeat (§5.5.3). */
  PONG(0xA);

  private static final @Nullable Opcode[] BY_CODE = new @Nullable Opcode[16];

  static {
    for (Opcode opcode : values()) BY_CODE[opcode.code] = opcode;
  }

  private final int code;

  Opcode(int code) {
    this.code = code;
  }

  /** The opcode with this number, or null for one of the ten that the RFC reserves. */
  public static @Nullable Opcode of(int code) {
    return BY_CODE[code & 0x0F];
  }

  /** The four bits that stand for this opcode on the wire. */
  public int code() {
    return code;
  }

  /** Whether this is Close, Ping or Pong: at most 125 bytes and never fragmented (§5.5). */
  public boolean isControl() {
    return code >= 0x8;
  }
}
