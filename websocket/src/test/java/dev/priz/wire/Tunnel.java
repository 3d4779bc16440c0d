package dev.priz.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;

/** What a proxy makes of a connection: bytes go to a server and back until one of them ends. */
final class Tunnel {
  private Tunnel() {}

  static void run(RawSocket peer, int port) throws Exception {
    var server = new Socket(InetAddress.getLoopbackAddress(), port);
    Thread back =
        Thread.ofVirtual()
            .start(() -> {
              try (peer) {
                copy(server.getInputStream(), peer.output());
              } catch (IOException ended) {
                // As tunnels do.
              }
            });
    try (server) {
      copy(peer.input(), server.getOutputStream());
    } catch (IOException ended) {
      // The same.
    }
    back.join();
  }

  private static void copy(InputStream from, OutputStream to) throws IOException {
    byte[] chunk = new byte[8 * 1024];
    for (int count = from.read(chunk); count >= 0; count = from.read(chunk)) {
      to.write(chunk, 0, count);
      to.flush();
    }
  }
}
