package dev.priz.hub;

import dev.priz.topic.Outcome;

/** Why a request of the subprotocol had no effect, as docs/topic-protocol.md has it. */
enum ErrorCode {
  MALFORMED(4000),
  NOT_ALLOWED(4003),
  BAD_NAME(4009),
  TOO_BIG(4013),
  TOO_MANY(4029),
  OVERLOADED(4030),
  UNAVAILABLE(4503),
  UNKNOWN(4504);

  private final int code;

  ErrorCode(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  static ErrorCode of(Outcome.Reason reason) {
    return switch (reason) {
      case BAD_NAME -> BAD_NAME;
      case BAD_PUBLICATION -> TOO_BIG;
      case TOO_MANY_TOPICS -> TOO_MANY;
      case OVERLOADED -> OVERLOADED;
      case NOT_ALLOWED -> NOT_ALLOWED;
      case CLOSED -> UNAVAILABLE;
    };
  }
}
