package dev.priz.protocol.deflate;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Decompresses the messages of one connection (RFC 7692 §7.2.2), in pieces of any size.
 *
 * <p>Between messages it holds nothing but, with context takeover, the last bytes of what it
 * decompressed: up to the size of the window. While a message is under way it borrows a workspace.
 *
 * <p>Equal messages give equal output and faults, however they are split.
 */
public final class InflateDecoder {
  /** With less room than this behind a message, decompressing is slow. */
  public static final int SPARE_BYTES = InflateFastLoop.SPACE_BYTES;

  private final boolean takeover;
  private final InflateWorkspaces workspaces;
  private final InflateWindow window;
  private InflateLimits limits;
  private boolean streamed;
  // Null between messages.
  private @Nullable InflateWorkspace workspace;
  private @Nullable InflateFault fault;

  /**
   * A decoder that has decompressed nothing.
   *
   * @param windowBits the base-2 logarithm of the window's size in bytes, 8 to 15
   * @param takeover whether a message may refer to those before it
   * @param workspaces lent; may be shared with other connections of the same thread
   * @throws IllegalArgumentException if the window's size is none of RFC 7692 §7.1.2
   */
  public InflateDecoder(
      int windowBits, boolean takeover, InflateLimits limits, InflateWorkspaces workspaces) {
    if (windowBits < 8 || windowBits > 15) {
      throw new IllegalArgumentException("window bits are " + windowBits + ", not 8 to 15");
    }
    this.takeover = takeover;
    this.limits = limits;
    this.workspaces = workspaces;
    window = new InflateWindow(windowBits);
  }

  /**
   * Lets each call have a space of its own, for messages that are handed on in parts. Otherwise a
   * message lies whole in front of the space, from the beginning of the buffer.
   *
   * @param newLimits for all messages from now on
   * @throws IllegalStateException if a message is under way
   */
  public void streamMessages(InflateLimits newLimits) {
    if (workspace != null) throw new IllegalStateException("a message is under way");
    limits = newLimits;
    streamed = true;
  }

  /** How much memory it keeps of what was decompressed. */
  public int windowBytes() {
    return window.memoryBytes();
  }

  /** Whether a message has begun and not ended. */
  public boolean inMessage() {
    return workspace != null;
  }

  /** What was wrong, or null; after a fault nothing is decompressed any more. */
  public @Nullable InflateFault fault() {
    return fault;
  }

  /**
   * Goes on with a message, or begins one.
   *
   * @param in borrowed; its position moves past what was taken
   * @param last whether the message ends with this input
   * @param out borrowed, on the heap; its position moves past what was written, behind which
   *     anything up to its limit may have been overwritten. Unless {@linkplain #streamMessages
   *     streamed} it holds the message so far in front of its position: the same bytes as before,
   *     be it in another array
   * @return why it did not go on; not {@link InflateStatus#INPUT_USED} if this is the last input
   * @throws IllegalArgumentException if the buffer does not hold as much as the message has, or
   *     more input follows the last
   * @throws UnsupportedOperationException if the buffer is read-only or not on the heap
   */
  public InflateStatus inflate(ByteBuffer in, boolean last, ByteBuffer out) {
    if (fault != null) return InflateStatus.FAILED;
    long produced = workspace == null ? 0 : workspace.out().produced();
    if (!streamed && out.position() != produced) {
      throw new IllegalArgumentException(
          "buffer holds " + out.position() + " bytes, the message has " + produced);
    }
    byte[] bytes = out.array();
    int offset = out.arrayOffset();
    int from = offset + out.position();
    int first = streamed ? from : offset;
    int room = (int) Math.min(out.remaining(), limits.maxOutputBytes() - produced);

    InflateWorkspace work = workspace();
    work.out().space(bytes, first, from, from + room);
    InflateStatus status = work.receive(in, last);
    int to = work.out().at;
    out.position(to - offset);
    finish(work, status, bytes, first, to);
    return status;
  }

  /**
   * Gives up the message that is under way and forgets all others; for a connection that has ended.
   */
  public void release() {
    if (workspace != null) workspaces.giveBack(workspace);
    workspace = null;
    window.clear();
  }

  private InflateWorkspace workspace() {
    if (workspace == null) {
      workspace = workspaces.borrow();
      workspace.begin(limits, window);
    }
    return workspace;
  }

  private void finish(
      InflateWorkspace work, InflateStatus status, byte[] bytes, int first, int to) {
    if (status == InflateStatus.FAILED) {
      fault = work.fault();
      release();
      return;
    }
    boolean ended = status == InflateStatus.MESSAGE_ENDED;
    boolean referredTo = ended ? takeover : streamed;
    if (referredTo) window.append(bytes, first, to);
    if (ended) {
      if (!takeover) window.clear();
      workspaces.giveBack(work);
      workspace = null;
    } else {
      work.drop();
    }
  }
}
