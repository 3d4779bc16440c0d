package dev.priz.conformance.interop;

/** What a library lets a program do or see, unless its adapter says that it does not. */
enum Ability {
  /** A program chooses the fragments of a message that it sends. */
  CHOOSES_FRAGMENTS,
  /** A program ends the TCP connection without a Close frame. */
  ABORTS,
  /** Every Close frame is sent, be it the first or the answer. */
  CLOSES_RELIABLY,
  /** What was sent before the Close frame arrives even if messages still come in. */
  CLOSES_WHILE_RECEIVING,
  /** A program is told of every end without a Close frame. */
  NOTICES_ABRUPT_ENDS,
  /** A program sends Pings of its own. */
  SENDS_PINGS,
  /** A client is told the header fields of the response. */
  SEES_RESPONSE_HEADERS,
  /** A client that is refused is told the status. */
  SEES_REFUSAL_STATUS,
  /** A client that is refused is told the response's body. */
  SEES_REFUSAL_BODY,
  /** A client offers permessage-deflate, a server accepts it. */
  COMPRESSES,
  /** Every message can be compressed; those that lack this are met without it, too. */
  COMPRESSES_EVERYTHING,
  /** A client that is told to forget its messages (client_no_context_takeover) does so. */
  FORGETS_ITS_MESSAGES,
  /** A server that refuses chooses status and body. */
  CHOOSES_REFUSAL
}
