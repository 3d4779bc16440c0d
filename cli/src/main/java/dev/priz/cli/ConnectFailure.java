package dev.priz.cli;

import dev.priz.HandshakeRefusedException;
import dev.priz.WebSocketException;
import dev.priz.protocol.WebSocketUri;
import java.security.cert.CertificateException;
import org.jspecify.annotations.Nullable;

/** Why a client could not connect, in words for its user. */
final class ConnectFailure {
  private static final int MAX_SHOWN_CHARS = 200;

  private ConnectFailure() {}

  /** One line, with a hint where there is one to give. */
  static String describe(WebSocketUri uri, WebSocketException failure) {
    if (failure instanceof HandshakeRefusedException refused && refused.status() != 101) {
      return "cannot connect to " + uri + ": the server answered " + answer(refused);
    }
    CertificateException distrust = distrust(failure);
    if (distrust == null) return String.valueOf(failure.getMessage());
    return "cannot connect to "
        + uri
        + ": the server's certificate is not trusted: "
        + root(distrust).getMessage()
        + "; --insecure trusts any";
  }

  private static String answer(HandshakeRefusedException refused) {
    String location = refused.headers().first("Location");
    String redirect = location == null ? "" : ", see " + location;
    String body = refused.bodyText().strip().lines().findFirst().orElse("");
    String start =
        body.length() > MAX_SHOWN_CHARS ? body.substring(0, MAX_SHOWN_CHARS) + "..." : body;
    return refused.status() + redirect + (start.isEmpty() ? "" : ": " + start);
  }

  private static @Nullable CertificateException distrust(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateException distrust) return distrust;
    }
    return null;
  }

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) root = root.getCause();
    return root;
  }
}
