package dev.priz.wire;

import dev.priz.WebSocketServer;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.security.Principal;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** TLS handshakes of the JDK, each without any memory of earlier ones, that trust anyone. */
final class Handshakes {
  private Handshakes() {}

  /** Connects to a server and shakes hands. */
  static SSLSocket open(WebSocketServer server, @Nullable String host, String version)
      throws Exception {
    var tcp = new Socket(InetAddress.getLoopbackAddress(), server.port());
    return over(tcp, host, version);
  }

  /**
   * Shakes hands on a TCP connection.
   *
   * @param host what to ask for, or null
   */
  static SSLSocket over(Socket tcp, @Nullable String host, String version) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    TrustManager[] anyone = InsecureTrustManagerFactory.INSTANCE.getTrustManagers();
    context.init(null, anyone, null);
    var socket =
        (SSLSocket) context.getSocketFactory().createSocket(tcp, "127.0.0.1", tcp.getPort(), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setProtocols(new String[] {version});
    if (host != null) parameters.setServerNames(List.of(new SNIHostName(host)));
    socket.setSSLParameters(parameters);
    socket.setSoTimeout(10_000);
    try {
      socket.startHandshake();
      return socket;
    } catch (Exception failed) {
      tcp.close();
      throw failed;
    }
  }

  /** Whose certificate a server shows to who asks for a host, or null for none. */
  static Principal shown(WebSocketServer server, @Nullable String host) throws Exception {
    try (SSLSocket socket = open(server, host, "TLSv1.3")) {
      return certificate(socket).getSubjectX500Principal();
    }
  }

  /** The certificate that the server has shown. */
  static X509Certificate certificate(SSLSocket socket) throws Exception {
    return (X509Certificate) socket.getSession().getPeerCertificates()[0];
  }
}
