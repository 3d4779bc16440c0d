package dev.priz;

import dev.priz.netty.Source;
import dev.priz.protocol.Event;
import dev.priz.protocol.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jetbrains.lincheck.Lincheck;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * An inbox in every order in which the event loop and those who take may come to it, as Lincheck's
 * model checker makes them.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS)
final class InboxOrdersTest {
  // Each takes a tenth of a second; with -Dhostile.full=true, as many as are worth the wait.
  private static final boolean FULL = Boolean.getBoolean("hostile.full");
  private static final int ORDERS = FULL ? 1_000 : 15;

  @Test
  @DisplayName("AP-13 gives each message to one of the threads that ask while it arrives")
  void givesEachEventToOneThread() {
    Lincheck.runConcurrentTest(
        ORDERS,
        () -> {
          var inbox = new Inbox(new FakeSource(), 1_000);
          var one = new Taker(inbox);
          var two = new Taker(inbox);

          inbox.add(new Text("a"));
          inbox.add(new Text("b"));

          String both = one.taken() + two.taken();
          expect(both.equals("ab") || both.equals("ba"), "each gets one");
          expect(inbox.bytes() == 0, "nothing is left");
        });
  }

  @Test
  void tellsAllWhoWaitOfTheEnd() {
    Lincheck.runConcurrentTest(
        ORDERS,
        () -> {
          var inbox = new Inbox(new FakeSource(), 1_000);
          var one = new Taker(inbox);
          var two = new Taker(inbox);

          inbox.add(new Text("a"));
          inbox.end();

          String both = one.taken() + two.taken();
          expect(both.equals("anothing") || both.equals("nothinga"), "one gets it, one the end");
        });
  }

  @Test
  void answersOnceThoughTwoWait() {
    Lincheck.runConcurrentTest(
        ORDERS,
        () -> {
          var source = new FakeSource();
          var inbox = new Inbox(source, 1_000);
          var one = new Taker(inbox);
          var two = new Taker(inbox);

          inbox.complete();
          inbox.end();

          expect((one.taken() + two.taken()).equals("nothingnothing"), "both get the end");
          expect(source.answers.get() <= 1, "it answers once at most");
        });
  }

  @Test
  void asksForMoreOnceThereIsRoom() {
    Lincheck.runConcurrentTest(
        ORDERS,
        () -> {
          var source = new FakeSource();
          var inbox = new Inbox(source, 1);
          var taker = new Taker(inbox);

          boolean more = inbox.add(new Text("a"));

          expect(!more, "it is full");
          expect(taker.taken().equals("a"), "it is taken");
          expect(source.resumes.get() == 1, "it asks for more");
        });
  }

  // Plain, because the checker looks into all that is called here, and AssertJ does not bear it.
  private static void expect(boolean fact, String claim) {
    if (!fact) throw new AssertionError("not so: " + claim);
  }

  /** A thread that takes one event. */
  private static final class Taker {
    private final List<String> taken = new ArrayList<>();
    private final Thread thread;

    Taker(Inbox inbox) {
      thread = new Thread(() -> take(inbox));
      thread.start();
    }

    String taken() {
      try {
        thread.join();
      } catch (InterruptedException impossible) {
        throw new AssertionError(impossible);
      }
      return taken.getFirst();
    }

    private void take(Inbox inbox) {
      try {
        taken.add(described(inbox.take()));
      } catch (InterruptedException impossible) {
        throw new AssertionError(impossible);
      }
    }

    private static String described(@Nullable Event event) {
      return event instanceof Text text ? text.text() : "nothing";
    }
  }

  /** A link that only counts. */
  private static final class FakeSource implements Source {
    private final AtomicInteger resumes = new AtomicInteger();
    private final AtomicInteger answers = new AtomicInteger();

    @Override
    public void resume() {
      resumes.incrementAndGet();
    }

    @Override
    public void answer() {
      answers.incrementAndGet();
    }

    @Override
    public void wake(Thread parked) {
      LockSupport.unpark(parked);
    }
  }
}
