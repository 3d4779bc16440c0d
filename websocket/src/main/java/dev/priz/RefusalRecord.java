package dev.priz;

import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A client that a server did not let in; without any query or header field.
 *
 * @param path of its request, or null if none has been understood
 * @param peer where it connected from, or null if that is not known
 * @param status the HTTP status that it was answered with, or would have been: some get no answer
 * @param reason the text of the answer, which names what is wrong
 */
public record RefusalRecord(
    @Nullable String path, @Nullable SocketAddress peer, int status, String reason) {

  /** One line for a log. */
  @Override
  public String toString() {
    String what = path == null ? "a connection" : path;
    String who = peer == null ? "an unknown address" : peer.toString();
    return what + " from " + who + ": " + status + ", " + reason;
  }
}
