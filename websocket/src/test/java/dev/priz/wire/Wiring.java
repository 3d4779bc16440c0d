package dev.priz.wire;

import dev.priz.TlsOptions;
import dev.priz.WebSocketClient;
import dev.priz.WebSocketClientBuilder;
import io.netty.pkitesting.CertificateBuilder;
import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;

/** With TLS or without, for tests of a client that are to hold for both. */
enum Wiring {
  PLAIN("ws"),
  TLS("wss");

  final String scheme;

  Wiring(String scheme) {
    this.scheme = scheme;
  }

  /** A server's end of a TCP connection that a client has made. */
  RawSocket accepted(Socket tcp) throws IOException {
    return switch (this) {
      case PLAIN -> new RawSocket(tcp);
      case TLS -> RawServer.secured(Secrets.CONTEXT, tcp);
    };
  }

  /** A client that trusts the servers of this class. */
  static WebSocketClientBuilder client() {
    return WebSocketClient.builder().tls(TlsOptions.CLIENT.insecure());
  }

  private static final class Secrets {
    static final SSLContext CONTEXT = context();

    private static SSLContext context() {
      try {
        var identity =
            new CertificateBuilder()
                .ecp256()
                .subject("CN=localhost")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        KeyManager[] keys = identity.toKeyManagerFactory().getKeyManagers();
        SSLContext made = SSLContext.getInstance("TLS");
        made.init(keys, null, null);
        return made;
      } catch (Exception impossible) {
        throw new AssertionError(impossible);
      }
    }
  }
}
