package dev.priz.netty;

/**
 * A handler that shares the {@link Turns} of its event loop with others: once it has had its share
 * of one that takes long, it is to read no more until it is its turn again.
 */
abstract class SharingHandler extends TimedHandler {
  // A share, in bytes of which each read counts for some, and in events of one read.
  private static final int SHARE_BYTES = 16 * 1024;
  private static final int READ_BYTES = 1024;
  private static final int SHARE_EVENTS = 64;

  final LoopState loopState;
  // The last turn in which this read, and how much.
  private int turn;
  private int turnBytes;
  private boolean awaitsTurn;

  SharingHandler(LoopState loopState) {
    this.loopState = loopState;
  }

  /** Called when this has begun to wait: it is to read no more. */
  abstract void turnIsOver();

  /** Called when it is this one's turn again. */
  abstract void turnHasCome();

  final boolean awaitsTurn() {
    return awaitsTurn;
  }

  /** Has this wait for a turn if others do. */
  final void queueUp() {
    if (loopState.turns.areCrowded()) awaitTurn();
  }

  /** Counts a read. */
  final void countRead(int bytes, long nowNanos) {
    int current = loopState.turns.enter(nowNanos);
    if (turn != current) {
      turn = current;
      turnBytes = 0;
    }
    turnBytes += Math.max(bytes, READ_BYTES);
    if (turnBytes >= SHARE_BYTES && loopState.turns.isLong(nowNanos)) awaitTurn();
  }

  /** Counts the events of a read so far; says whether they have been a share of a long turn. */
  final boolean countEvents(int count) {
    boolean hadShare = count % SHARE_EVENTS == 0 && loopState.turns.isLong(System.nanoTime());
    if (hadShare) awaitTurn();
    return hadShare;
  }

  private void awaitTurn() {
    if (awaitsTurn) return;
    awaitsTurn = true;
    loopState.turns.await(this::goOn);
    turnIsOver();
  }

  private void goOn() {
    awaitsTurn = false;
    turnHasCome();
  }
}
