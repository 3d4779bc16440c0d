package dev.priz.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ReasonTest {

  static Stream<Arguments> failures() {
    String uring = "io_uring connect(..) failed with error(-111): Connection refused";
    String epoll = "recvAddress(..) failed with error(-104): Connection reset by peer";
    String openSsl =
        "error:1000045c:SSL routines:OPENSSL_internal:TLSV1_ALERT_CERTIFICATE_REQUIRED";
    return Stream.of(
        arguments(new ConnectException(uring + ": /127.0.0.1:1"), "connection refused"),
        arguments(new ConnectException("Connection refused"), "connection refused"),
        arguments(new IOException(epoll), "connection reset"),
        arguments(new IOException("Broken pipe"), "connection reset"),
        arguments(new ConnectTimeoutException("timed out: /127.0.0.1"), "connection timed out"),
        arguments(new UnknownHostException("x: No address"), "unknown host"),
        arguments(new ClosedChannelException(), "connection closed"),
        arguments(new IOException("No route to host"), "No route to host"),
        arguments(new IOException(), "IOException"),
        arguments(new IOException("two\nlines"), "two lines"),
        arguments(new IOException("name 'a\u001b[2J\u009b'"), "name 'a?[2J?'"),
        arguments(new DecoderException(new SSLException("bad\trecord")), "bad record"),
        arguments(new DecoderException("alone"), "alone"),
        arguments(new SSLException(openSsl), "tlsv1 alert certificate required"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void isSaidInTheWordsThatUsersSearchFor(Throwable failure, String reason) {
    assertThat(Reason.of(failure)).isEqualTo(reason);
  }

  static Stream<Arguments> certificates() {
    var expired = new CertPathValidatorException("NotAfter: yesterday");
    return Stream.of(
        arguments(new CertificateException("no name matching x"), "no name matching x"),
        arguments(
            new CertificateException("PKIX path validation failed: " + expired, expired),
            "PKIX path validation failed: NotAfter: yesterday"),
        arguments(
            new CertificateException("path is bad", expired), "path is bad: NotAfter: yesterday"));
  }

  @ParameterizedTest
  @MethodSource("certificates")
  void aFlawOfACertificateIsFoundBelowTheMessagesOfTls(Throwable flaw, String reason) {
    var failure = new SSLHandshakeException("General OpenSslEngine problem");
    failure.initCause(flaw);

    assertThat(Reason.of(failure)).isEqualTo(reason);
  }
}
