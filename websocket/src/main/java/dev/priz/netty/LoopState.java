package dev.priz.netty;

import dev.priz.protocol.Scratch;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

/** What the connections of one event loop share, so that an idle one needs little of its own. */
final class LoopState {
  private static final int TRIM_SECONDS = 5;
  private static final FastThreadLocal<LoopState> CURRENT = new FastThreadLocal<>();

  final Scratch scratch = new Scratch();
  final MaskKeys maskKeys = new MaskKeys();
  final Deadlines deadlines;
  final LoopBuffers buffers = new LoopBuffers();
  final Wakeups wakeups;
  final Turns turns;
  final ReadStop readStop;
  private final EventLoop loop;
  private final ArrayDeque<LinkWriter> toFlush = new ArrayDeque<>();

  private LoopState(EventLoop loop) {
    this.loop = loop;
    deadlines = new Deadlines(loop);
    wakeups = new Wakeups(loop);
    readStop = new ReadStop(loop);
    turns = new Turns(loop, System::nanoTime);
    loop.scheduleWithFixedDelay(this::trim, TRIM_SECONDS, TRIM_SECONDS, TimeUnit.SECONDS);
  }

  /** The state of a loop, asked for on its own thread. */
  static LoopState of(EventLoop loop) {
    assert loop.inEventLoop() : "not on the event loop";
    LoopState state = CURRENT.get();
    if (state == null) {
      state = new LoopState(loop);
      CURRENT.set(state);
    }
    return state;
  }

  /**
   * Has a link's output written at the end of this turn of the loop, so that all of the turn's
   * messages share one write.
   */
  void flushLater(LinkWriter link) {
    toFlush.add(link);
    if (toFlush.size() == 1) loop.execute(this::flushAll);
  }

  private void trim() {
    buffers.trim();
    RingBuffer.trim();
  }

  private void flushAll() {
    for (LinkWriter link = toFlush.poll(); link != null; link = toFlush.poll()) link.flush();
  }
}
