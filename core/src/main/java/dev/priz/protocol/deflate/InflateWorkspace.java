package dev.priz.protocol.deflate;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * All that decompressing needs while a message is under way: code tables, bits, what is left to do.
 *
 * <pre>
 * HEADER -> STORED_LENGTH -> STORED -> HEADER
 * HEADER -> CODES -> SYMBOLS -> HEADER
 * HEADER -> SYMBOLS &lt;-> MATCH
 * </pre>
 */
final class InflateWorkspace {
  private static final byte[] NOTHING = {};
  private static final int COPIED_BYTES = 4 * 1024;
  private static final int BLOCK_WORK = 8;
  private static final int CODES_WORK = 256;
  private static final int WORK_WORTH_OF_A_BYTE = 16;
  private static final int RATIO_STEP_BYTES = 4 * 1024;
  private static final int ANY_RATIO_BYTES = 64 * 1024;

  private enum State {
    HEADER,
    STORED_LENGTH,
    STORED,
    CODES,
    SYMBOLS,
    MATCH
  }

  private final InflateInput in = new InflateInput();
  private final InflateOutput out = new InflateOutput();
  private final InflateCodes codes = new InflateCodes();
  // For input that is not on the heap.
  private byte[] copied = NOTHING;
  private InflateLimits limits = InflateLimits.DEFAULT;
  private State state = State.HEADER;
  private boolean finalBlock;
  private int storedLeft;
  private int matchDistance;
  private int matchLeft;
  private long blockWork;
  private long ratioCheckAt;
  private @Nullable InflateFault fault;

  /** Begins a message. */
  void begin(InflateLimits messageLimits, InflateWindow window) {
    in.begin();
    out.begin(window);
    limits = messageLimits;
    state = State.HEADER;
    finalBlock = false;
    blockWork = 0;
    boolean anyRatio = limits.maxRatio() == InflateLimits.ANY_RATIO;
    ratioCheckAt = anyRatio ? Long.MAX_VALUE : ANY_RATIO_BYTES;
    fault = null;
  }

  /** Forgets the input and the space. */
  void drop() {
    in.drop();
    out.drop();
  }

  /** Forgets the message, and whose it was. */
  void forget() {
    drop();
    out.forget();
  }

  /** The output, to give it space. */
  InflateOutput out() {
    return out;
  }

  /** What was wrong, once it has failed. */
  InflateFault fault() {
    assert fault != null : "not failed";
    return fault;
  }

  /**
   * Goes on until the input is used up, the space is full, or something is wrong.
   *
   * @param input borrowed; its position moves past what was taken
   * @param last whether the message ends with it
   */
  InflateStatus receive(ByteBuffer input, boolean last) {
    if (!input.hasArray()) return receiveCopied(input, last);
    int offset = input.arrayOffset();
    in.piece(input.array(), offset + input.position(), offset + input.limit(), last);
    InflateStatus status = run();
    input.position(in.inEnding() ? input.limit() : in.at - offset);
    return status;
  }

  private InflateStatus receiveCopied(ByteBuffer input, boolean last) {
    if (copied.length == 0) copied = new byte[COPIED_BYTES];
    InflateStatus status;
    do {
      int from = input.position();
      int length = Math.min(input.remaining(), copied.length);
      input.get(from, copied, 0, length);
      in.piece(copied, 0, length, last && length == input.remaining());
      status = run();
      input.position(in.inEnding() ? input.limit() : from + in.at);
    } while (status == InflateStatus.INPUT_USED && input.hasRemaining());
    return status;
  }

  private InflateStatus run() {
    InflateStatus stop = null;
    while (stop == null) {
      if (out.produced() >= ratioCheckAt && state != State.MATCH) {
        stop = checkRatio();
        if (stop != null) return stop;
      }
      stop =
          switch (state) {
            case HEADER -> header();
            case STORED_LENGTH -> storedLength();
            case STORED -> stored();
            case CODES -> codes();
            case SYMBOLS -> symbols();
            case MATCH -> match();
          };
    }
    return stop;
  }

  private @Nullable InflateStatus header() {
    // RFC 7692 §7.2.3.4 has an empty block follow a final one; some senders leave it out.
    if (finalBlock && in.isAtTail()) return InflateStatus.MESSAGE_ENDED;
    if (!in.has(3)) return in.isAtEnd() ? InflateStatus.MESSAGE_ENDED : inputUsed();
    finalBlock = in.take(1) == 1;
    int type = in.take(2);
    switch (type) {
      case 0 -> {
        in.align();
        state = State.STORED_LENGTH;
      }
      case 1 -> {
        codes.useFixed();
        state = State.SYMBOLS;
      }
      case 2 -> {
        codes.begin();
        state = State.CODES;
      }
      default -> {
        return fail(InflateFault.BLOCK_TYPE);
      }
    }
    return checkWork(type == 2 ? CODES_WORK : BLOCK_WORK);
  }

  private @Nullable InflateStatus storedLength() {
    if (!in.has(32)) return inputUsed();
    storedLeft = in.take(16);
    int complement = in.take(16);
    if ((storedLeft ^ complement) != 0xFFFF) return fail(InflateFault.STORED_LENGTH);
    state = State.STORED;
    return null;
  }

  private @Nullable InflateStatus stored() {
    if (storedLeft == 0) {
      endBlock();
      return null;
    }
    if (out.at == out.end) return full();
    int most = Math.min(storedLeft, out.end - out.at);
    most = (int) Math.min(most, ratioCheckAt - out.produced());
    int taken = in.takeBytes(out.bytes, out.at, most);
    if (taken == 0) return inputUsed();
    out.at += taken;
    storedLeft -= taken;
    return null;
  }

  private @Nullable InflateStatus codes() {
    if (!codes.receive(in)) return inputUsed();
    InflateFault found = codes.fault();
    if (found != null) return fail(found);
    state = State.SYMBOLS;
    return null;
  }

  private @Nullable InflateStatus symbols() {
    // Only whole turns up to the check of the ratio, which is to come at the same byte always.
    long turns = ratioCheckAt - out.produced() - InflateFastLoop.MAX_TURN_BYTES;
    InflateFastLoop.run(in, out, codes, out.at + (int) Math.min(turns, out.end - out.at));
    in.refill();
    int entry = codes.literals().entry(in.bits);
    if (InflateTable.allBits(entry) > in.count) return inputUsed();
    if (entry < 0) {
      if (out.at == out.end) return full();
      out.bytes[out.at++] = (byte) (entry >> 16);
      in.skip(InflateTable.allBits(entry));
      return null;
    }
    if ((entry & InflateTable.EXCEPTION) == 0) return beginMatch(entry);
    boolean ends = (entry & InflateTable.END_OF_BLOCK) == InflateTable.END_OF_BLOCK;
    if (!ends) return fail(InflateFault.LITERAL);
    in.skip(InflateTable.allBits(entry));
    endBlock();
    return null;
  }

  private @Nullable InflateStatus beginMatch(int lengthEntry) {
    int lengthBits = InflateTable.allBits(lengthEntry);
    long bits = in.bits >>> lengthBits;
    int count = in.count - lengthBits;
    int entry = codes.distances().entry(bits);
    if (InflateTable.codeBits(entry) > count) return inputUsed();
    if ((entry & InflateTable.EXCEPTION) != 0) return fail(InflateFault.DISTANCE);
    if (InflateTable.allBits(entry) > count) return inputUsed();
    matchDistance = InflateTable.value(entry, bits);
    if (!out.reaches(matchDistance)) return fail(InflateFault.DISTANCE_TOO_FAR);
    matchLeft = InflateTable.value(lengthEntry, in.bits);
    in.skip(lengthBits + InflateTable.allBits(entry));
    state = State.MATCH;
    return null;
  }

  private @Nullable InflateStatus match() {
    matchLeft -= out.repeat(matchDistance, matchLeft);
    if (matchLeft > 0) return full();
    state = State.SYMBOLS;
    return null;
  }

  private void endBlock() {
    // RFC 7692 §7.2.3.4: what follows a final block is another block, which begins with a byte.
    if (finalBlock) in.align();
    state = State.HEADER;
  }

  private @Nullable InflateStatus checkWork(int work) {
    blockWork += work;
    long allowed = limits.maxIdleWork() + out.produced() * WORK_WORTH_OF_A_BYTE;
    return in.used() + blockWork > allowed ? fail(InflateFault.WORK_LIMIT) : null;
  }

  private @Nullable InflateStatus checkRatio() {
    long produced = out.produced();
    ratioCheckAt = produced + RATIO_STEP_BYTES;
    return produced > in.used() * limits.maxRatio() ? fail(InflateFault.RATIO_LIMIT) : null;
  }

  private InflateStatus inputUsed() {
    return in.inEnding() ? fail(InflateFault.TRUNCATED) : InflateStatus.INPUT_USED;
  }

  private InflateStatus full() {
    if (out.produced() >= limits.maxOutputBytes()) return fail(InflateFault.OUTPUT_LIMIT);
    return InflateStatus.OUTPUT_FULL;
  }

  private InflateStatus fail(InflateFault found) {
    fault = found;
    return InflateStatus.FAILED;
  }
}
