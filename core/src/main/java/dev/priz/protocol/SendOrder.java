package dev.priz.protocol;

/** Which frame this end may send next: the caller's share of RFC 6455 §5.4 and §5.5. */
sealed class SendOrder permits FrameWriter {
  private static final int MAX_CONTROL_BYTES = 125;

  private boolean inMessage;
  private int missingBytes;

  /**
   * Admits a frame.
   *
   * @throws IllegalArgumentException if no connection could ever send it
   * @throws IllegalStateException if this one cannot now
   */
  final void admit(State state, Opcode opcode, boolean last, int payloadLength) {
    if (opcode == Opcode.CLOSE) {
      throw new IllegalArgumentException("a Close frame goes through close()");
    }
    if (opcode.isControl()) checkControl(opcode, last, payloadLength);
    if (!state.maySend()) throw new IllegalStateException("connection is " + state);
    checkWhole();
    if (opcode.isControl()) return;
    if (inMessage != (opcode == Opcode.CONTINUATION)) {
      throw new IllegalStateException(
          inMessage
              ? opcode + " frame before the last fragment of the message before it"
              : "CONTINUATION frame without a message to go on with");
    }
    inMessage = !last;
  }

  /** Whether a message may begin. */
  final boolean isBetweenMessages() {
    return !inMessage && missingBytes == 0;
  }

  /** Notes that the payload of the frame just admitted comes in pieces. */
  final void inPieces(int payloadLength) {
    missingBytes = payloadLength;
  }

  /** Notes that a piece was written. */
  final void wrote(int length) {
    missingBytes -= length;
  }

  /** What is still to be written of a frame that was begun. */
  final int missingBytes() {
    return missingBytes;
  }

  /**
   * Checks that another frame may begin.
   *
   * @throws IllegalStateException if one is written in part
   */
  final void checkWhole() {
    if (missingBytes > 0) {
      throw new IllegalStateException("the frame before lacks " + missingBytes + " bytes");
    }
  }

  private static void checkControl(Opcode opcode, boolean last, int payloadLength) {
    if (!last) throw new IllegalArgumentException(opcode + " frames cannot be fragmented");
    if (payloadLength > MAX_CONTROL_BYTES) {
      throw new IllegalArgumentException(
          opcode + " payload is " + payloadLength + " bytes, the limit is " + MAX_CONTROL_BYTES);
    }
  }
}
