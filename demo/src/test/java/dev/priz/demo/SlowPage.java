package dev.priz.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.priz.WebSocketServer;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import tools.jackson.databind.JsonNode;

/**
 * A page that reads when it is told to, and not before: a TCP connection for which the operating
 * system holds as little as it may.
 */
final class SlowPage implements AutoCloseable {
  private static final int DEADLINE_MILLIS = 20_000;
  private static final int BUFFER_BYTES = 4 * 1024;

  private final Socket socket = new Socket();
  private final DataInputStream in;

  SlowPage(WebSocketServer server, String path) throws IOException {
    socket.setReceiveBufferSize(BUFFER_BYTES);
    socket.setSoTimeout(DEADLINE_MILLIS);
    socket.connect(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()), DEADLINE_MILLIS);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    String handshake =
        "GET "
            + path
            + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Protocol: priz.topic.v1\r\n\r\n";
    socket.getOutputStream().write(handshake.getBytes(UTF_8));
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) head.append((char) in.readUnsignedByte());
    if (head.indexOf("HTTP/1.1 101 ") != 0) throw new IOException(head.toString());
  }

  /** Sends a message of less than 126 bytes. */
  void say(String text) throws IOException {
    byte[] payload = text.getBytes(UTF_8);
    byte[] frame = new byte[6 + payload.length];
    frame[0] = (byte) 0x81;
    frame[1] = (byte) (0x80 | payload.length);
    // The mask is four zeros, which change nothing.
    System.arraycopy(payload, 0, frame, 6, payload.length);
    socket.getOutputStream().write(frame);
  }

  /** The next message. */
  JsonNode hear() throws IOException {
    int head = in.readUnsignedByte();
    if (head != 0x81) throw new IOException("no text message but a frame with " + head);
    int length = in.readUnsignedByte();
    if (length == 126) length = in.readUnsignedShort();
    return TopicPage.JSON.readTree(in.readNBytes(length));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
