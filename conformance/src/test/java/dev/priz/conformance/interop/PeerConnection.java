package dev.priz.conformance.interop;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection in the hands of somebody else's library, through which a test acts on Priz's end.
 */
interface PeerConnection {
  /** What this end hears. */
  Heard heard();

  /** The agreed subprotocol, null or empty if there is none. */
  @Nullable String subprotocol();

  /** A header field of what the other end sent in the opening handshake, or null. */
  @Nullable String header(String name);

  /** Sends a text message. */
  void send(String text) throws Exception;

  /** Sends a binary message. */
  void send(byte[] data) throws Exception;

  /** Sends a text message in fragments; for those that have {@link Ability#CHOOSES_FRAGMENTS}. */
  default void sendFragments(List<String> fragments) throws Exception {
    throw new UnsupportedOperationException();
  }

  /** Sends a Ping; for those that have {@link Ability#SENDS_PINGS}. */
  default void ping(byte[] data) throws Exception {
    throw new UnsupportedOperationException();
  }

  /** Begins the closing handshake. */
  void close(int code, String reason) throws Exception;

  /** Ends the TCP connection without a closing handshake. */
  void abort() throws Exception;
}
