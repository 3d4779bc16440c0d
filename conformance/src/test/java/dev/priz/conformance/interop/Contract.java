package dev.priz.conformance.interop;

import java.util.List;

/**
 * What every client and every server in these tests does, so that one can be exchanged for another.
 */
final class Contract {
  /** Subprotocols that each client offers, in its order of preference. */
  static final List<String> OFFERED = List.of("chat.v9", "chat.v2");

  /** Subprotocols that each server speaks, in its order of preference. */
  static final List<String> SPOKEN = List.of("chat.v2", "chat.v1");

  /** The one that they have in common. */
  static final String AGREED = "chat.v2";

  /** A header field that each client sends with its request. */
  static final String REQUEST_HEADER = "X-Token";

  /** The field's value. */
  static final String TOKEN = "s3cret; a=\"b\"";

  /** A header field that Priz's server sends with its response. */
  static final String RESPONSE_HEADER = "X-Room";

  /** The field's value. */
  static final String ROOM = "7, upstairs";

  /** The first message of each server, sent as soon as the connection is open. */
  static final String GREETING = "hoş geldin 👋";

  /** The path at which each server refuses. */
  static final String REFUSED_PATH = "/refused";

  /** The status of the refusal. */
  static final int REFUSAL_STATUS = 403;

  /** The body of the refusal, in UTF-8. */
  static final String REFUSAL_BODY = "giriş yasak 🚫";

  /** Room that libraries with a lower limit are given for a message. */
  static final int MAX_MESSAGE_BYTES = 2 << 20;

  private Contract() {}
}
