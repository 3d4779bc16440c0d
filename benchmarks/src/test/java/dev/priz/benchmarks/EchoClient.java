package dev.priz.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.priz.protocol.Opcode;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A client that sends the same frames again and again, and waits for their echo each time. */
final class EchoClient implements AutoCloseable {
  private static final String REQUEST =
      """
      GET / HTTP/1.1\r
      Host: 127.0.0.1\r
      Upgrade: websocket\r
      Connection: Upgrade\r
      Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
      Sec-WebSocket-Version: 13\r
      \r
      """;

  private final SocketChannel socket;
  private final ByteBuffer frames;
  private final ByteBuffer echo;
  private final ByteBuffer expected;

  private EchoClient(SocketChannel socket, Opcode opcode, byte[] payload, int count) {
    this.socket = socket;
    frames = ClientFrames.of(opcode, payload, count);
    expected = ByteBuffer.allocate(count * (2 + payload.length));
    for (int i = 0; i < count; i++) {
      expected.put((byte) (0x80 | opcode.code())).put((byte) payload.length).put(payload);
    }
    expected.flip();
    echo = ByteBuffer.allocateDirect(expected.capacity());
  }

  static EchoClient connect(int port, Opcode opcode, byte[] payload, int messagesInOneRead)
      throws IOException {
    SocketChannel socket =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
    socket.write(ByteBuffer.wrap(REQUEST.getBytes(US_ASCII)));
    readResponse(socket);
    return new EchoClient(socket, opcode, payload, messagesInOneRead);
  }

  /** Sends the frames and reads their echo, so many times. */
  void exchange(int times) throws IOException {
    for (int i = 0; i < times; i++) {
      frames.rewind();
      while (frames.hasRemaining()) socket.write(frames);
      echo.clear();
      while (echo.hasRemaining()) {
        if (socket.read(echo) < 0) throw new EOFException("the server ended the connection");
      }
      if (!echo.flip().equals(expected)) throw new AssertionError("the echo differs");
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private static void readResponse(SocketChannel socket) throws IOException {
    ByteBuffer one = ByteBuffer.allocate(1);
    var response = new StringBuilder();
    while (!response.toString().endsWith("\r\n\r\n")) {
      if (socket.read(one.clear()) < 0) throw new EOFException("no handshake: " + response);
      response.append((char) one.get(0));
    }
    if (!response.toString().startsWith("HTTP/1.1 101")) throw new IOException(response.toString());
  }
}
