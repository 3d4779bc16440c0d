package dev.priz.wire;

import static dev.priz.wire.Wire.ascii;
import static dev.priz.wire.Wire.request;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.WebSocketServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import javax.net.ssl.SSLSocket;

/**
 * One end of a TCP connection, in bytes; what it waits for comes within ten seconds or fails the
 * test.
 */
final class RawSocket implements AutoCloseable {
  private static final int DEADLINE_MILLIS = 10_000;

  private final Socket socket;
  private final Socket tcp;
  private final InputStream in;
  private boolean reset;

  RawSocket(Socket socket) throws IOException {
    this(socket, socket);
  }

  /** A connection with TLS, and what is below. */
  RawSocket(Socket socket, Socket tcp) throws IOException {
    this.socket = socket;
    this.tcp = tcp;
    tcp.setSoTimeout(DEADLINE_MILLIS);
    tcp.setTcpNoDelay(true);
    in = socket.getInputStream();
  }

  /** A TCP connection to a server on this machine. */
  static RawSocket to(int port) throws IOException {
    return to(port, 0);
  }

  /**
   * A TCP connection to a server on this machine.
   *
   * @param receiveBufferBytes what the operating system holds for this end at most, 0 for its
   *     choice
   */
  static RawSocket to(int port, int receiveBufferBytes) throws IOException {
    var socket = new Socket();
    if (receiveBufferBytes > 0) socket.setReceiveBufferSize(receiveBufferBytes);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), DEADLINE_MILLIS);
    return new RawSocket(socket);
  }

  /** A connection whose handshake is done. */
  static RawSocket open(WebSocketServer server, String path) throws IOException {
    return open(server, path, 0);
  }

  /** A connection whose handshake is done; else as {@link #to(int, int)}. */
  static RawSocket open(WebSocketServer server, String path, int receiveBufferBytes)
      throws IOException {
    RawSocket opened = to(server.port(), receiveBufferBytes);
    opened.send(request(path));
    assertThat(opened.readHead()).startsWith("HTTP/1.1 101 ");
    return opened;
  }

  /** What speaks TLS, on a connection that has it; nothing was said there yet. */
  SSLSocket tls() {
    return (SSLSocket) socket;
  }

  InputStream input() {
    return in;
  }

  OutputStream output() throws IOException {
    return socket.getOutputStream();
  }

  int port() {
    return socket.getLocalPort();
  }

  int peerPort() {
    return socket.getPort();
  }

  RawSocket send(byte[]... parts) throws IOException {
    for (byte[] part : parts) socket.getOutputStream().write(part);
    return this;
  }

  RawSocket send(String text) throws IOException {
    return send(ascii(text));
  }

  /**
   * Sends as much as the peer takes; the peer may end the connection at any time.
   *
   * @return whether it has
   */
  boolean sendUntilRefused(byte[] part, int times) {
    try {
      for (int i = 0; i < times; i++) send(part);
      return false;
    } catch (IOException refused) {
      assertThat(refused).isNotInstanceOf(SocketTimeoutException.class);
      return true;
    }
  }

  /** The start of an HTTP message up to the empty line, or to the end of the stream. */
  String readHead() throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) break;
      head.append((char) next);
    }
    return head.toString();
  }

  byte[] read(int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    assertThat(bytes).as("bytes before the end of the stream").hasSize(count);
    return bytes;
  }

  /** Everything up to the end of the stream, however that comes. */
  byte[] readToEnd() throws IOException {
    var all = new ByteArrayOutputStream();
    byte[] chunk = new byte[8 * 1024];
    try {
      for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
        all.write(chunk, 0, count);
      }
    } catch (SocketTimeoutException stillOpen) {
      throw stillOpen;
    } catch (IOException lost) {
      reset = true;
    }
    return all.toByteArray();
  }

  String readTextToEnd() throws IOException {
    return new String(readToEnd(), ISO_8859_1);
  }

  /** Whether {@link #readToEnd} has found the connection reset. */
  boolean wasReset() {
    return reset;
  }

  /** Ends this end's half of the connection. */
  RawSocket end() throws IOException {
    socket.shutdownOutput();
    if (!tcp.isOutputShutdown()) tcp.shutdownOutput();
    return this;
  }

  /** Ends the connection with a reset. */
  void reset() throws IOException {
    tcp.setSoLinger(true, 0);
    tcp.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
