package dev.priz.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.protocol.Opcode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Many threads that add to one outbox while another takes. */
class OutboxRaceTest {
  private static final int ADDERS = 6;
  private static final int MESSAGES = 10_000;

  private final Outbox outbox = new Outbox(2_000, 1 << 20);
  private final Semaphore calls = new Semaphore(0);

  @Test
  void nothingIsLostAndEachThreadKeepsItsOrder() throws Exception {
    List<List<Integer>> taken = run(this::addWholeMessages);

    for (List<Integer> ofOneThread : taken) {
      assertThat(ofOneThread).hasSize(MESSAGES).isSorted();
    }
  }

  @Test
  void nothingIsLostAmongMessagesInFragments() throws Exception {
    List<List<Integer>> taken = run(this::addMessagesInFragments);

    for (List<Integer> ofOneThread : taken) {
      assertThat(ofOneThread).hasSize(MESSAGES).isSorted();
    }
  }

  private interface Adder {
    void add(int thread) throws InterruptedException;
  }

  // What was taken, by the thread that added it.
  private List<List<Integer>> run(Adder adder) throws Exception {
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      List<Future<?>> adding = new ArrayList<>();
      for (int i = 0; i < ADDERS; i++) {
        int thread = i;
        Callable<Object> task =
            () -> {
              adder.add(thread);
              return thread;
            };
        adding.add(threads.submit(task));
      }
      List<List<Integer>> taken = takeAll();
      for (Future<?> added : adding) added.get(30, TimeUnit.SECONDS);
      return taken;
    }
  }

  private List<List<Integer>> takeAll() throws InterruptedException {
    List<List<Integer>> taken = new ArrayList<>();
    for (int i = 0; i < ADDERS; i++) taken.add(new ArrayList<>());
    Object open = null;
    int left = ADDERS * MESSAGES;
    while (left > 0) {
      assertThat(calls.tryAcquire(10, TimeUnit.SECONDS)).as("called, %d left", left).isTrue();
      for (Outgoing next = outbox.take(); next != null; next = outbox.take()) {
        var frame = (Outgoing.Frame) next;
        assertThat(open == null || open.equals(frame.message())).as("messages do not mix").isTrue();
        open = frame.last() ? null : frame.message();
        ByteBuffer payload = ByteBuffer.wrap(frame.payload());
        taken.get(payload.getInt()).add(payload.getInt());
        left--;
      }
    }
    return taken;
  }

  private void addWholeMessages(int thread) throws InterruptedException {
    for (int i = 0; i < MESSAGES; i++) add(Opcode.BINARY, true, thread, i, null);
  }

  // Every message of five frames, but that other threads' messages come between them if they may.
  private void addMessagesInFragments(int thread) throws InterruptedException {
    for (int i = 0; i < MESSAGES; i += 5) {
      Object message = new Object();
      add(Opcode.BINARY, false, thread, i, message);
      for (int part = 1; part < 4; part++) {
        add(Opcode.CONTINUATION, false, thread, i + part, message);
      }
      add(Opcode.CONTINUATION, true, thread, i + 4, message);
    }
  }

  private void add(Opcode opcode, boolean last, int thread, int number, Object message)
      throws InterruptedException {
    byte[] payload = ByteBuffer.allocate(8).putInt(thread).putInt(number).array();
    var frame =
        new Outgoing.Frame(
            opcode, last, true, Arrays.copyOf(payload, 8 + number % 90), message, null);
    if (outbox.add(frame, true) == Outbox.Added.CALL_TAKER) calls.release();
  }
}
