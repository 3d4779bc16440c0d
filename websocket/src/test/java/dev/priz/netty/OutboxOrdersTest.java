package dev.priz.netty;

import dev.priz.protocol.Close;
import dev.priz.protocol.Opcode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jetbrains.lincheck.Lincheck;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * An outbox in every order in which threads may come to it, as Lincheck's model checker makes them.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS)
class OutboxOrdersTest {
  private static final int SMALL_BYTES = 10;
  // Each takes a tenth of a second; with -Dhostile.full=true, as many as are worth the wait.
  private static final boolean FULL = Boolean.getBoolean("hostile.full");
  private static final int ORDERS = FULL ? 1_000 : 15;

  /** What threads may do at once; each must seem to happen at one moment. */
  public static final class Operations {
    private final Outbox outbox = new Outbox(200, 300);
    private final Object message = new Object();

    /** Adds a whole message without waiting for room. */
    @Operation
    public String add() throws InterruptedException {
      return outbox.add(frame(Opcode.BINARY, true, null), false).name();
    }

    /** Adds a whole message if there is room. */
    @Operation
    public String offer() {
      return outbox.offer(frame(Opcode.TEXT, true, null)).name();
    }

    /** Begins a message in fragments, after which whole ones wait. */
    @Operation
    public String begin() throws InterruptedException {
      return outbox.add(frame(Opcode.TEXT, false, message), false).name();
    }

    /** Ends the message in fragments. */
    @Operation
    public String end() throws InterruptedException {
      return outbox.add(frame(Opcode.CONTINUATION, true, message), false).name();
    }

    /** Begins to close. */
    @Operation
    public String closing() {
      return outbox.offer(new Outgoing.Closing(new Close(1000, ""))).name();
    }

    /** Takes the next. */
    @Operation(nonParallelGroup = "event loop")
    public String take() {
      return described(outbox.take());
    }

    /** Takes no more. */
    @Operation(nonParallelGroup = "event loop")
    public void close() {
      outbox.close();
    }

    /** Empties it. */
    @Operation(nonParallelGroup = "event loop")
    public String takeRest() {
      return described(outbox.takeRest());
    }

    /** Whether a message would have to wait. */
    @Operation
    public boolean isBusy() {
      return outbox.isBusy();
    }
  }

  @Test
  void eachOperationHappensAtOneMoment() {
    new ModelCheckingOptions()
        .iterations(FULL ? 50 : 3)
        .invocationsPerIteration(50)
        .threads(2)
        .actorsPerThread(3)
        .check(Operations.class);
  }

  @Test
  void oneWhoWaitsForRoomIsWokenByTheOneWhoTakes() {
    Lincheck.runConcurrentTest(
        ORDERS,
        () -> {
          var outbox = new Outbox(SMALL_BYTES, 1_000);
          outbox.offer(frame(Opcode.BINARY, true, null));
          List<String> added = new ArrayList<>();
          Thread adding = new Thread(() -> addAndWait(outbox, added));
          adding.start();

          String first = described(outbox.take());
          join(adding);

          expect(first.equals("BINARY"), "the first is taken");
          expect(!added.getFirst().equals("CLOSED"), "the second is added");
          expect(described(outbox.take()).equals("TEXT"), "the second is taken");
        });
  }

  @Test
  void oneWhoWaitsForRoomIsToldOfTheEnd() {
    Lincheck.runConcurrentTest(
        ORDERS,
        () -> {
          var outbox = new Outbox(SMALL_BYTES, 1_000);
          outbox.offer(frame(Opcode.BINARY, true, null));
          List<String> added = new ArrayList<>();
          Thread adding = new Thread(() -> addAndWait(outbox, added));
          adding.start();

          outbox.close();
          join(adding);

          expect(added.getFirst().equals("CLOSED"), "the second is refused");
          expect(described(outbox.takeRest()).equals("BINARY"), "the first is left");
          expect(described(outbox.takeRest()).equals("nothing"), "the second is not there");
        });
  }

  // Those who add are told whether to call the taker; who comes last must not be forgotten.
  @Test
  @DisplayName("AP-04 a send at the same time as a close is taken or refused, and never forgotten")
  void aSendDuringACloseIsTakenOrRefused() {
    Lincheck.runConcurrentTest(
        ORDERS,
        () -> {
          var outbox = new Outbox(1_000, 2_000);
          List<String> added = new ArrayList<>();
          Thread adding = new Thread(() -> addAndWait(outbox, added));
          adding.start();

          String beforeEnd = described(outbox.take());
          outbox.close();
          String rest = described(outbox.takeRest());
          join(adding);

          boolean taken = beforeEnd.equals("TEXT") || rest.equals("TEXT");
          expect(taken != added.getFirst().equals("CLOSED"), "it is taken or refused");
          expect(described(outbox.takeRest()).equals("nothing"), "nothing is left");
        });
  }

  // Plain, because the checker looks into all that is called here, and AssertJ does not bear it.
  private static void expect(boolean fact, String claim) {
    if (!fact) throw new AssertionError("not so: " + claim);
  }

  private static void addAndWait(Outbox outbox, List<String> added) {
    try {
      added.add(outbox.add(frame(Opcode.TEXT, true, null), true).name());
    } catch (InterruptedException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static Outgoing.Frame frame(Opcode opcode, boolean last, @Nullable Object message) {
    return new Outgoing.Frame(opcode, last, false, new byte[SMALL_BYTES], message, null);
  }

  private static String described(@Nullable Outgoing entry) {
    return switch (entry) {
      case null -> "nothing";
      case Outgoing.Frame frame -> frame.opcode().name();
      case Outgoing other -> other.getClass().getSimpleName();
    };
  }
}
