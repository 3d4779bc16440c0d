package dev.priz.netty;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Wakes the virtual threads for which an event loop has put something down, all of one turn
 * together. For use on the event loop.
 *
 * <p>Woken one by one, the first takes the processor from the loop, and so does the next: the two
 * would change places for every few messages. So the loop starts one thread, which wakes the others
 * from where they run.
 */
final class Wakeups {
  private static final int FEW = 2;

  private final EventLoop loop;
  private final Runnable wakeAll = this::wakeAll;
  private List<Thread> waiting = new ArrayList<>();

  Wakeups(EventLoop loop) {
    this.loop = loop;
  }

  /** Wakes a parked thread at the end of this turn, or now if it is a platform thread. */
  void wake(Thread thread) {
    if (!thread.isVirtual()) {
      LockSupport.unpark(thread);
      return;
    }
    waiting.add(thread);
    if (waiting.size() == 1) loop.execute(wakeAll);
  }

  private void wakeAll() {
    List<Thread> parked = waiting;
    if (parked.size() <= FEW) {
      parked.forEach(LockSupport::unpark);
      parked.clear();
    } else {
      waiting = new ArrayList<>(parked.size());
      Thread.ofVirtual().name("priz wake-up").start(() -> parked.forEach(LockSupport::unpark));
    }
  }
}
