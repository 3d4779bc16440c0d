package dev.priz.netty;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateException;
import java.util.Locale;
import javax.net.ssl.SSLException;

/**
 * Failures of a transport in the words that users search for; Netty, its transports and the JDK
 * have many for each.
 */
final class Reason {
  // As in "error:1000045c:SSL routines:OPENSSL_internal:TLSV1_ALERT_CERTIFICATE_REQUIRED".
  private static final String OPENSSL = ":OPENSSL_internal:";

  private Reason() {}

  /** What went wrong, on one line and fit for a terminal. */
  static String of(Throwable failure) {
    Throwable inner = failure instanceof DecoderException ? failure.getCause() : failure;
    String text =
        switch (inner) {
          case null -> message(failure);
          case UnknownHostException unknown -> "unknown host";
          case ConnectTimeoutException slow -> "connection timed out";
          case ClosedChannelException closed -> "connection closed";
          case SSLException tls -> ofTls(tls);
          case Throwable other -> ofTcp(message(other));
        };
    return text.replaceAll("\\s+", " ")
        // The peer's, as far as Netty quotes it: a terminal would obey some of these.
        .replaceAll("\\p{C}", "?")
        .replaceAll("([a-z]+\\.)+\\w+Exception: ", "")
        .strip();
  }

  private static String ofTcp(String message) {
    String lower = message.toLowerCase(Locale.ROOT);
    if (lower.contains("refused")) return "connection refused";
    if (lower.contains("reset") || lower.contains("broken pipe")) return "connection reset";
    return message;
  }

  // What a certificate lacks stands somewhere below messages such as "General OpenSslEngine
  // problem".
  private static String ofTls(SSLException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateException flaw) return ofCertificate(flaw);
    }
    String message = message(failure);
    int internal = message.lastIndexOf(OPENSSL);
    if (internal < 0) return message;
    String name = message.substring(internal + OPENSSL.length());
    return name.replace('_', ' ').toLowerCase(Locale.ROOT);
  }

  private static String ofCertificate(CertificateException flaw) {
    Throwable root = flaw;
    for (Throwable cause = flaw; cause != null; cause = cause.getCause()) root = cause;
    String text = message(flaw);
    return text.contains(message(root)) ? text : text + ": " + message(root);
  }

  private static String message(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }
}
