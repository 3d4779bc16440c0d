package dev.priz.protocol;

import dev.priz.protocol.deflate.DeflateEncoder;
import dev.priz.protocol.deflate.DeflateHistory;
import dev.priz.protocol.deflate.DeflateOutput;
import org.jspecify.annotations.Nullable;

/**
 * Compresses what one end sends (RFC 7692 §6.1): which messages, and what is remembered of them. A
 * message begins and ends at a byte, so that one which was compressed alone can stand among those
 * that refer to each other.
 */
final class MessageDeflater {
  private final DeflateOptions options;
  private final boolean takeover;
  private final int windowBits;
  // Without takeover only while a message in fragments is under way.
  private @Nullable DeflateHistory history;
  // Whether the message under way, or the last, is compressed.
  private boolean compresses;

  /** A deflater that keeps to what was agreed for this side. */
  MessageDeflater(Side side, DeflateAgreement agreement, DeflateOptions options) {
    this.options = options;
    takeover = agreement.takeover(side);
    windowBits = agreement.windowBits(side);
  }

  /**
   * Compresses the payload of a frame, if it is to be.
   *
   * @param mayCompress whether the message may be compressed, to be said with its first frame
   * @param payload borrowed
   * @return the compressed payload, lent until the scratch is used again; or null if the frame goes
   *     out as it is
   */
  @Nullable DeflateOutput deflate(
      Opcode opcode,
      boolean last,
      boolean mayCompress,
      byte[] payload,
      int length,
      Scratch scratch) {
    if (opcode.isControl()) return null;
    boolean whole = last && opcode != Opcode.CONTINUATION;
    if (opcode != Opcode.CONTINUATION) {
      compresses = mayCompress && (!whole || length >= options.thresholdBytes());
    }
    if (!compresses) return null;
    DeflateEncoder encoder = scratch.encoder(options.level());
    DeflateOutput output = scratch.emptyOutput();
    if (whole && !takeover) {
      encoder.compress(windowBits, payload, 0, length, output);
      return output.length() < length ? output : null;
    }
    // Goes out even if it is longer, because what comes later may refer to it.
    if (last) {
      encoder.compress(history(), payload, 0, length, output);
    } else {
      encoder.compressPiece(history(), payload, 0, length, output);
    }
    if (last && !takeover) history = null;
    return output;
  }

  /**
   * The frame of a prepared message.
   *
   * @return lent
   */
  PreparedMessage.Frame deflate(PreparedMessage message, Scratch scratch) {
    PreparedMessage.Frame plain = message.plain();
    if (!message.mayCompress() || message.size() < options.thresholdBytes()) return plain;
    PreparedMessage.Frame frame = message.compressed(windowBits, options.level(), scratch);
    if (frame.compressed() && takeover) {
      history().skip(plain.bytes(), plain.payloadFrom(), plain.bytes().length);
    }
    return frame;
  }

  private DeflateHistory history() {
    if (history == null) history = new DeflateHistory(windowBits);
    return history;
  }
}
