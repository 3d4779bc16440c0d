package dev.priz.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A client in bytes that never waits: writes until the peer takes no more, and reads only when it
 * is told to.
 */
final class Flood implements AutoCloseable {
  private static final long QUIET_MILLIS = 300;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long DEADLINE_MILLIS = 10_000;
  // Small, but above what one segment takes on a loopback interface.
  private static final int BUFFER_BYTES = 256 * 1024;

  private final SocketChannel channel;
  private final Selector selector = Selector.open();
  private final SelectionKey key;
  // What is left of the last frame.
  private ByteBuffer rest = ByteBuffer.allocate(0);

  private Flood(SocketChannel channel) throws IOException {
    this.channel = channel;
    channel.configureBlocking(false);
    key = channel.register(selector, 0);
  }

  /** Connects with small buffers and shakes hands. */
  static Flood open(int port, String path) throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
    channel.setOption(StandardSocketOptions.SO_SNDBUF, BUFFER_BYTES);
    return open(channel, port, path);
  }

  /** Connects with buffers that the system makes as large as it likes, and shakes hands. */
  static Flood openWide(int port, String path) throws IOException {
    return open(SocketChannel.open(), port, path);
  }

  private static Flood open(SocketChannel channel, int port, String path) throws IOException {
    channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    var flood = new Flood(channel);
    ByteBuffer request = ByteBuffer.wrap(Wire.request(path));
    while (request.hasRemaining()) channel.write(request);
    flood.read(RESPONSE_BYTES);
    return flood;
  }

  private static final int RESPONSE_BYTES =
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n".length()
          + ("Sec-WebSocket-Accept: " + Wire.ACCEPT + "\r\n\r\n").length();

  /**
   * Writes a frame again and again, until the peer has taken nothing for a while.
   *
   * @return the number of frames begun, of which the last may be incomplete until {@link #read} or
   *     {@link #send}
   */
  int writeUntilStalled(byte[] frame, int most) throws IOException {
    int begun = 0;
    while (begun < most || rest.hasRemaining()) {
      if (!rest.hasRemaining()) {
        rest = ByteBuffer.wrap(frame);
        begun++;
      }
      if (channel.write(rest) == 0 && !await(SelectionKey.OP_WRITE, QUIET_MILLIS)) return begun;
    }
    return begun;
  }

  /**
   * Writes a frame again and again, as fast as the peer takes it.
   *
   * @return the number of frames begun
   */
  int writeUntil(BooleanSupplier enough, byte[] frame) throws IOException {
    int begun = 0;
    while (!enough.getAsBoolean()) {
      if (!rest.hasRemaining()) {
        rest = ByteBuffer.wrap(frame);
        begun++;
      }
      if (channel.write(rest) == 0) LockSupport.parkNanos(PAUSE_NANOS);
    }
    return begun;
  }

  /** Writes bytes after what is left of the last frame, and waits until they are gone. */
  Flood send(byte[] bytes) throws IOException {
    rest = ByteBuffer.wrap(Wire.join(remaining(), bytes));
    while (rest.hasRemaining()) {
      if (channel.write(rest) == 0) {
        assertThat(await(SelectionKey.OP_WRITE, DEADLINE_MILLIS)).as("%s sent", rest).isTrue();
      }
    }
    return this;
  }

  /** Reads so many bytes, and meanwhile writes what is left of the last frame. */
  byte[] read(int count) throws IOException {
    ByteBuffer in = ByteBuffer.allocate(count);
    while (in.hasRemaining()) {
      channel.write(rest);
      int read = channel.read(in);
      assertThat(read).as("end of the stream after %d bytes", in.position()).isNotNegative();
      int wanted = SelectionKey.OP_READ | (rest.hasRemaining() ? SelectionKey.OP_WRITE : 0);
      if (read == 0) assertThat(await(wanted, DEADLINE_MILLIS)).as("%s read", in).isTrue();
    }
    return in.array();
  }

  /** Waits until the peer has ended the connection; reads nothing that would make room for it. */
  void awaitReset() throws IOException {
    long deadlineNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(DEADLINE_MILLIS);
    try {
      while (System.nanoTime() < deadlineNanos) {
        channel.write(ByteBuffer.wrap(new byte[1]));
        await(SelectionKey.OP_WRITE, 20);
      }
    } catch (IOException ended) {
      return;
    }
    throw new AssertionError("still open");
  }

  @Override
  public void close() throws IOException {
    selector.close();
    channel.close();
  }

  private byte[] remaining() {
    byte[] remaining = new byte[rest.remaining()];
    rest.get(remaining);
    return remaining;
  }

  private boolean await(int operations, long millis) throws IOException {
    key.interestOps(operations);
    int ready = selector.select(millis);
    selector.selectedKeys().clear();
    return ready > 0;
  }
}
