package dev.priz.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A TLS server in bytes, by the JDK, for one connection. */
final class TlsServer implements AutoCloseable {
  private final ServerSocket listening;
  private final CompletableFuture<Void> served = new CompletableFuture<>();

  private TlsServer(SSLContext context, String version, Script script) throws IOException {
    listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(() -> serve(context, version, script));
  }

  /** What happens after the handshake, or in its course. */
  @FunctionalInterface
  interface Script {
    /**
     * Plays the server.
     *
     * @param tls the connection, which shakes hands with the first byte
     * @param tcp what is below
     */
    void run(SSLSocket tls, Socket tcp) throws Exception;
  }

  /** A server with a certificate that speaks one version. */
  static TlsServer start(Certificates.Identity identity, String version, Script script)
      throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(identity.bundle().toKeyManagerFactory().getKeyManagers(), null, null);
    return new TlsServer(context, version, script);
  }

  int port() {
    return listening.getLocalPort();
  }

  /** Stops; fails the test if the script has failed. */
  @Override
  public void close() throws IOException {
    listening.close();
    served.orTimeout(15, TimeUnit.SECONDS).join();
  }

  private void serve(SSLContext context, String version, Script script) {
    try (Socket tcp = listening.accept()) {
      var socket = (SSLSocket) context.getSocketFactory().createSocket(tcp, "127.0.0.1", 0, false);
      socket.setUseClientMode(false);
      socket.setEnabledProtocols(new String[] {version});
      script.run(socket, tcp);
      served.complete(null);
    } catch (Throwable failure) {
      served.completeExceptionally(failure);
    }
  }
}
