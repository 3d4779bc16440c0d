package dev.priz.netty;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.priz.protocol.Connection;
import dev.priz.protocol.Opcode;
import dev.priz.protocol.PreparedMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPromise;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Collects the frames of one turn of the event loop in one buffer, so that they leave in one write.
 * For use on the event loop.
 */
final class Output {
  private static final int MAX_COLLECTED_BYTES = 64 * 1024;

  private final Channel channel;
  private final Connection connection;
  private final LoopBuffers buffers;
  private @Nullable ByteBuf collected;
  private int openedAt;
  private boolean unflushed;
  private @Nullable List<CompletableFuture<@Nullable Void>> waiting;

  Output(Channel channel, Connection connection, LoopBuffers buffers) {
    this.channel = channel;
    this.connection = connection;
    this.buffers = buffers;
  }

  /** Whether {@link #flush} has nothing to do. */
  boolean isEmpty() {
    return collected == null && waiting == null && !unflushed;
  }

  /** The bytes collected here or waiting in the socket's queue. */
  long queuedBytes() {
    var buffer = channel.unsafe().outboundBuffer();
    long inQueue = buffer == null ? 0 : buffer.totalPendingWriteBytes();
    return collected == null ? inQueue : inQueue + collected.readableBytes();
  }

  /** Collects a text message. */
  void text(String text, int textBytes) {
    if (textBytes > MAX_COLLECTED_BYTES) {
      frameInPieces(Opcode.TEXT, true, true, text.getBytes(UTF_8));
      return;
    }
    ByteBuffer out = open(Connection.maxFrameBytes(textBytes));
    connection.sendText(text, textBytes, out);
    close(out);
  }

  /**
   * Collects a frame.
   *
   * @param mayCompress whether its message may be compressed
   * @param payload borrowed
   */
  void frame(Opcode opcode, boolean last, boolean mayCompress, byte[] payload) {
    if (payload.length > MAX_COLLECTED_BYTES) {
      frameInPieces(opcode, last, mayCompress, payload);
      return;
    }
    ByteBuffer out = open(Connection.maxFrameBytes(payload.length));
    connection.send(opcode, last, mayCompress, payload, out);
    close(out);
  }

  /** Collects a prepared message. */
  void prepared(PreparedMessage message) {
    ByteBuffer out = open(Connection.MAX_HEADER_BYTES + message.size());
    connection.send(message, out);
    close(out);
  }

  /** Writes frames that other links write too, after what has been collected so far. */
  void shared(ByteBuf frames) {
    writeCollected();
    unflushed = true;
    channel.write(frames.retainedDuplicate(), channel.voidPromise());
  }

  /** Collects the control frames that the protocol itself sends. */
  void control() {
    ByteBuffer out = open(Connection.MAX_POLL_BYTES);
    connection.poll(out);
    close(out);
  }

  /** Completes the future once all that has been collected so far is in the socket. */
  void whenWritten(CompletableFuture<@Nullable Void> future) {
    if (waiting == null) waiting = new ArrayList<>();
    waiting.add(future);
  }

  /** Writes what has been collected to the socket. */
  void flush() {
    var futures = waiting;
    if (futures == null) {
      writeCollected();
    } else {
      ByteBuf buffer = collected == null ? Unpooled.EMPTY_BUFFER : collected;
      collected = null;
      waiting = null;
      channel.write(buffer, promise(futures));
    }
    unflushed = false;
    channel.flush();
  }

  /** Drops what has been collected, and fails what waits for it. */
  void discard(Throwable cause) {
    if (collected != null) collected.release();
    collected = null;
    if (waiting != null) waiting.forEach(future -> future.completeExceptionally(cause));
    waiting = null;
  }

  // A big frame goes out in buffers of a size that is always at hand.
  private void frameInPieces(Opcode opcode, boolean last, boolean mayCompress, byte[] payload) {
    ByteBuffer header = open(Connection.MAX_HEADER_BYTES);
    connection.beginFrame(opcode, last, mayCompress, payload, header);
    close(header);
    while (connection.missingBytes() > 0) {
      ByteBuffer out = open(Math.min(MAX_COLLECTED_BYTES, connection.missingBytes()));
      connection.continueFrame(out);
      close(out);
    }
  }

  private ChannelPromise promise(List<CompletableFuture<@Nullable Void>> futures) {
    ChannelPromise promise = channel.newPromise();
    promise.addListener(written -> {
      for (var future : futures) {
        if (written.isSuccess()) {
          future.complete(null);
        } else {
          future.completeExceptionally(new LinkClosedException(connection.closed()));
        }
      }
    });
    return promise;
  }

  private void writeCollected() {
    ByteBuf buffer = collected;
    if (buffer == null) return;
    // First, because the write may change the channel's writability, and that calls back into here.
    collected = null;
    unflushed = true;
    channel.write(buffer, channel.voidPromise());
  }

  // Opens room at the end of the collecting buffer; what stands in it after close() is collected.
  private ByteBuffer open(int bytes) {
    if (collected != null && collected.readableBytes() + bytes > MAX_COLLECTED_BYTES) {
      writeCollected();
    }
    if (collected == null) {
      collected = buffer(bytes);
    } else if (collected.writableBytes() < bytes) {
      ByteBuf bigger = buffer(Math.min(MAX_COLLECTED_BYTES, 4 * collected.readableBytes()) + bytes);
      bigger.writeBytes(collected);
      collected.release();
      collected = bigger;
    }
    ByteBuffer out = collected.internalNioBuffer(collected.writerIndex(), bytes);
    openedAt = out.position();
    return out;
  }

  private ByteBuf buffer(int bytes) {
    return bytes <= LoopBuffers.WRITE_BYTES
        ? buffers.forWriting(bytes)
        : channel.alloc().directBuffer(bytes);
  }

  private void close(ByteBuffer out) {
    assert collected != null : "not open";
    collected.writerIndex(collected.writerIndex() + out.position() - openedAt);
    // Only what is in the socket's queue counts for the channel's writability, which holds back the
    // peer.
    if (collected.readableBytes() >= MAX_COLLECTED_BYTES) writeCollected();
  }
}
