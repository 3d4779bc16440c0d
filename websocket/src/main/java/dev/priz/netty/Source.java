package dev.priz.netty;

/** What a {@link Link} does for those who take its events on threads of their own. */
public interface Source {
  /** Has events delivered, soon and until the listener wants no more. */
  void resume();

  /** Answers what is held, after all that was sent before. */
  void answer();

  /** Wakes a parked thread for which the calling event loop has put something down, soon. */
  void wake(Thread parked);
}
