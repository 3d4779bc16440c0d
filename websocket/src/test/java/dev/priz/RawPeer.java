package dev.priz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A peer that is a TCP socket and no more: after the handshake it sends the bytes that a test
 * spells out, and answers nothing by itself.
 */
final class RawPeer implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 20_000;
  private static final Pattern KEY = Pattern.compile("(?i)sec-websocket-key: (.*)\r\n");
  private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)\r\n");

  private final Socket socket;
  private final DataInputStream in;

  private RawPeer(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.setTcpNoDelay(true);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
  }

  /**
   * A frame as it came.
   *
   * @param head its first byte: FIN and opcode
   * @param payload unmasked
   */
  record Frame(int head, byte[] payload) {
    String text() {
      return new String(payload, UTF_8);
    }

    int closeCode() {
      return (payload[0] & 0xFF) << 8 | (payload[1] & 0xFF);
    }
  }

  /** A TCP connection to a server, on which nothing has been said. */
  static RawPeer to(WebSocketServer server) throws IOException {
    return new RawPeer(new Socket(InetAddress.getLoopbackAddress(), server.port()));
  }

  /** A client of a server, its handshake done. */
  static RawPeer open(WebSocketServer server) throws IOException {
    RawPeer peer = to(server);
    peer.sendText(handshake("/"));
    String response = peer.readHead();
    if (!response.startsWith("HTTP/1.1 101 ")) throw new AssertionError(response);
    return peer;
  }

  /** One end of a TCP connection that a client has made. */
  static RawPeer of(Socket accepted) throws IOException {
    return new RawPeer(accepted);
  }

  /** The request that opens a WebSocket, with further header lines. */
  static String handshake(String target, String... headerLines) {
    return "GET %s HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            .formatted(target)
        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
        + String.join("", headerLines)
        + "\r\n";
  }

  /** The response that opens the WebSocket of a request. */
  static String acceptance(String request) {
    Matcher key = KEY.matcher(request);
    if (!key.find()) throw new AssertionError("no key in " + request);
    String accept;
    try {
      byte[] input = (key.group(1) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(ISO_8859_1);
      accept = Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(input));
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError(impossible);
    }
    return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + "Sec-WebSocket-Accept: "
        + accept
        + "\r\n\r\n";
  }

  void sendText(String text) throws IOException {
    send(text.getBytes(UTF_8));
  }

  void sendHex(String hex) throws IOException {
    send(HexFormat.of().parseHex(hex.replace(" ", "")));
  }

  /** Sends a head and the frames behind it in one piece. */
  void sendTextAndHex(String head, String frames) throws IOException {
    byte[] first = head.getBytes(UTF_8);
    byte[] second = HexFormat.of().parseHex(frames.replace(" ", ""));
    send(ByteBuffer.allocate(first.length + second.length).put(first).put(second).array());
  }

  void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /**
   * An HTTP response as it came.
   *
   * @param head status line and header fields
   */
  record Response(String head, String body) {
    int status() {
      return Integer.parseInt(head.substring(9, 12));
    }
  }

  /** The next HTTP response, with the body that its length announces. */
  Response readResponse() throws IOException {
    String head = readHead();
    Matcher length = LENGTH.matcher(head);
    int bytes = length.find() ? Integer.parseInt(length.group(1)) : 0;
    return new Response(head, new String(in.readNBytes(bytes), UTF_8));
  }

  /** A request or response up to its empty line; empty if the stream has ended. */
  String readHead() throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) break;
      head.append((char) next);
    }
    return head.toString();
  }

  /** The next frame, whatever it is. */
  Frame receive() throws IOException {
    int head = in.readUnsignedByte();
    int second = in.readUnsignedByte();
    long length = second & 0x7F;
    if (length == 126) length = in.readUnsignedShort();
    if (length == 127) length = in.readLong();
    byte[] key = (second & 0x80) != 0 ? in.readNBytes(4) : new byte[4];
    byte[] payload = in.readNBytes(Math.toIntExact(length));
    for (int i = 0; i < payload.length; i++) payload[i] ^= key[i & 3];
    return new Frame(head, payload);
  }

  /** The next byte; the stream must not have ended. */
  int readByte() throws IOException {
    return in.readUnsignedByte();
  }

  /** Whether the peer's half of the connection has ended here. */
  boolean isAtEnd() throws IOException {
    return in.read() < 0;
  }

  /**
   * Returns once the peer has ended the connection, whatever it sent before and however it ends.
   */
  void awaitEnd() throws IOException {
    byte[] dropped = new byte[1_024];
    try {
      int count;
      do {
        count = in.read(dropped);
      } while (count >= 0);
    } catch (SocketTimeoutException stillOpen) {
      throw stillOpen;
    } catch (SocketException reset) {
      // An end too.
    }
  }

  /** Ends this half of the connection. */
  void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  /** Ends the TCP connection without a word. */
  void disconnect() throws IOException {
    socket.close();
  }

  /** Ends the TCP connection with a reset. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    disconnect();
  }
}
