package dev.priz.protocol.deflate;

import java.util.Objects;

/**
 * Compresses messages as RFC 7692 §7.2.1 has them: DEFLATE blocks, then an empty stored one without
 * its last four bytes. Holds the memory to work in, about 250 KiB, which one event loop needs once:
 * what a connection needs for itself is in its {@link DeflateHistory}. Leaves no garbage. Not
 * thread-safe.
 *
 * <p>No message becomes longer than {@link #maxBytes}.
 */
public final class DeflateEncoder {
  private static final int TABLE_BITS = 14;
  private static final int SYNC_MARK = 0xFFFF_0000;
  private static final int SYNC_MARK_BYTES = Integer.BYTES;

  private final MatchTable table = new MatchTable(TABLE_BITS);
  private final Sequences sequences = new Sequences();
  private final BitWriter bits = new BitWriter();
  private final BlockWriter blocks = new BlockWriter(bits);
  private final MatchFinder finder;

  /** An encoder that takes as much time as a level allows. */
  public DeflateEncoder(DeflateLevel level) {
    finder = level.newFinder();
  }

  /** The most bytes that a message can become. */
  public static long maxBytes(long inputBytes) {
    long storedBlocks = (inputBytes + BitWriter.MAX_STORED_BYTES - 1) / BitWriter.MAX_STORED_BYTES;
    return inputBytes + storedBlocks * BitWriter.STORED_HEADER_BYTES + 1;
  }

  /** The most bytes that a piece of a message can become. */
  public static long maxPieceBytes(long inputBytes) {
    return maxBytes(inputBytes) + SYNC_MARK_BYTES;
  }

  /**
   * Compresses a message that stands alone. Equal messages give equal output, whatever was
   * compressed before.
   *
   * @param windowBits 8 to 15
   * @param input borrowed
   * @param output gets the payload, behind what is in it
   */
  public void compress(int windowBits, byte[] input, int from, int to, DeflateOutput output) {
    int window = DeflateHistory.windowBytes(windowBits);
    Objects.checkFromToIndex(from, to, input.length);
    bits.continueFrom(0, 0);
    table.begin(from, to);
    int at = from;
    while (at < to) {
      int end = Math.min(to, at + Sequences.MAX_RAW_BYTES);
      sequences.begin();
      finder.find(table, input, from, at, end, window, sequences);
      sequences.end();
      blocks.add(sequences, input, at, end, end - at == to - from, output);
      at = end;
    }
    blocks.flushStored(input, output);
    bits.addStoredHeader(output);
  }

  /**
   * Compresses a message, or the last piece of one. What came before in the history may be
   * repeated.
   *
   * @param input borrowed
   * @param output gets the payload, behind what is in it
   */
  public void compress(
      DeflateHistory history, byte[] input, int from, int to, DeflateOutput output) {
    Objects.checkFromToIndex(from, to, input.length);
    bits.continueFrom(0, 0);
    int at = from;
    while (at < to) {
      int end = Math.min(to, at + Sequences.MAX_RAW_BYTES);
      sequences.begin();
      for (int next = at; next < end; ) {
        next += history.append(input, next, end);
        findInHistory(history);
      }
      sequences.end();
      blocks.add(sequences, input, at, end, end - at == to - from, output);
      at = end;
    }
    blocks.flushStored(input, output);
    bits.addStoredHeader(output);
  }

  /**
   * Compresses a piece of a message that goes on; the peer can inflate all of it.
   *
   * @param input borrowed
   * @param output gets the piece, behind what is in it
   */
  public void compressPiece(
      DeflateHistory history, byte[] input, int from, int to, DeflateOutput output) {
    compress(history, input, from, to, output);
    output.reserve(SYNC_MARK_BYTES + BitWriter.SLACK_BYTES);
    bits.add(output, SYNC_MARK & 0xFFFF_FFFFL, Integer.SIZE);
  }

  private void findInHistory(DeflateHistory history) {
    finder.find(
        history.table(),
        history.bytes(),
        0,
        history.encodedTo(),
        history.end(),
        history.window(),
        sequences);
    history.encoded();
  }
}
