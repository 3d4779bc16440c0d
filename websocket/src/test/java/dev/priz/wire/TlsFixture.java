package dev.priz.wire;

import dev.priz.TlsOptions;
import dev.priz.WebSocketServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What tests of TLS share: certificates, and a run with each provider. */
@ParameterizedClass
@MethodSource("dev.priz.wire.Certificates#providers")
abstract class TlsFixture {
  @TempDir private static Path folder;
  static Certificates certificates;
  static Certificates.Identity localhost;
  private static SSLContext trusting;

  @Parameter TlsOptions.Provider provider;

  @BeforeAll
  static void makeCertificates() throws Exception {
    certificates = new Certificates(folder);
    localhost = certificates.localhost();
    trusting = SSLContext.getInstance("TLS");
    trusting.init(null, new TrustManager[] {localhost.bundle().toTrustManager()}, null);
  }

  /** A TLS connection to a server, made without the code under test. */
  static SSLSocket handshake(WebSocketServer server, String version) throws IOException {
    return handshake(new Socket(InetAddress.getLoopbackAddress(), server.port()), version);
  }

  /** A TLS connection over one of TCP. */
  static SSLSocket handshake(Socket tcp, String version) throws IOException {
    var socket =
        (SSLSocket) trusting.getSocketFactory().createSocket(tcp, "localhost", tcp.getPort(), true);
    socket.setEnabledProtocols(new String[] {version});
    socket.startHandshake();
    return socket;
  }
}
