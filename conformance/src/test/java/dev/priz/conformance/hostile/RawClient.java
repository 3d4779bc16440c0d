package dev.priz.conformance.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.HexFormat;

/** A client in bytes; what it waits for comes within ten seconds, or fails with an exception. */
final class RawClient implements AutoCloseable {
  private static final int DEADLINE_MILLIS = 10_000;
  private static final byte[] HELLO = HexFormat.of().parseHex("810548656c6c6f");
  private static final byte[] MASKED_HELLO =
      HexFormat.of().parseHex("8185" + "00000000" + "48656c6c6f");

  private final Socket socket = new Socket();

  private RawClient(int port) throws IOException {
    socket.setSoTimeout(DEADLINE_MILLIS);
    socket.setTcpNoDelay(true);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), DEADLINE_MILLIS);
  }

  /** A TCP connection. */
  static RawClient to(int port) throws IOException {
    return new RawClient(port);
  }

  /** An open WebSocket. */
  static RawClient open(int port, String path) throws IOException {
    RawClient client = to(port);
    String head = client.askFor(path).readHead();
    if (head.startsWith("HTTP/1.1 101 ")) return client;
    client.close();
    throw new IOException("not let in: " + head);
  }

  /** Sends a proper handshake. */
  RawClient askFor(String path) throws IOException {
    return send(
        ("GET "
                + path
                + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n")
            .getBytes(ISO_8859_1));
  }

  RawClient send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  RawClient sendHex(String hex) throws IOException {
    return send(HexFormat.of().parseHex(hex.replace(" ", "")));
  }

  /** The head of an HTTP response, or what came of it. */
  String readHead() throws IOException {
    InputStream in = socket.getInputStream();
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) break;
      head.append((char) next);
    }
    return head.toString();
  }

  /** Everything to the end of the connection, however that comes. */
  byte[] readToEnd() throws IOException {
    var all = new ByteArrayOutputStream();
    try {
      socket.getInputStream().transferTo(all);
    } catch (SocketTimeoutException stillOpen) {
      throw stillOpen;
    } catch (IOException reset) {
      // As good an end as any.
    }
    return all.toByteArray();
  }

  /** Whether a message comes back. */
  boolean isEchoed() throws IOException {
    send(MASKED_HELLO);
    byte[] echo = socket.getInputStream().readNBytes(HELLO.length);
    return Arrays.equals(echo, HELLO);
  }

  /** Waits for a Ping, and answers it. */
  void answerPing() throws IOException {
    byte[] head = socket.getInputStream().readNBytes(2);
    if (head[0] != (byte) 0x89) throw new IOException("no Ping: " + HexFormat.of().formatHex(head));
    byte[] payload = socket.getInputStream().readNBytes(head[1]);
    send(HexFormat.of().parseHex("8a%02x00000000".formatted(0x80 | head[1])));
    send(payload);
  }

  /** Waits for a Close frame, answers it, and hands it out. */
  byte[] readCloseAndAnswer() throws IOException {
    InputStream in = socket.getInputStream();
    byte[] head = in.readNBytes(2);
    byte[] payload = in.readNBytes(head.length < 2 ? 0 : head[1]);
    sendHex("88 82 00000000 03e9");
    byte[] frame = Arrays.copyOf(head, head.length + payload.length);
    System.arraycopy(payload, 0, frame, head.length, payload.length);
    return frame;
  }

  /** Ends the connection with a reset. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
