package dev.priz.netty;

import static dev.priz.netty.Outbox.Added.CALL_TAKER;
import static dev.priz.netty.Outbox.Added.CLOSED;
import static dev.priz.netty.Outbox.Added.FULL;
import static dev.priz.netty.Outbox.Added.TAKER_CALLED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.priz.protocol.Close;
import dev.priz.protocol.Opcode;
import dev.priz.protocol.PreparedMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private static final int OVERHEAD = Outgoing.OVERHEAD_BYTES;
  private static final int HIGH_MARK = 1_000;
  private static final int CAP = 4_000;

  private final Outbox outbox = new Outbox(HIGH_MARK, CAP);

  @Test
  void givesEntriesInTheOrderInWhichTheyCame() throws Exception {
    Outgoing first = whole(1);
    Outgoing second = control(2);
    Outgoing third = new Outgoing.Prepared(PreparedMessage.text("three"));

    addAll(first, second, third);

    assertThat(takeAll()).containsExactly(first, second, third);
    assertThat(outbox.bytes()).isZero();
  }

  @Test
  void hasTheTakerCalledOnceUntilHeComes() throws Exception {
    assertThat(outbox.add(whole(1), true)).isEqualTo(CALL_TAKER);
    assertThat(outbox.add(whole(1), true)).isEqualTo(TAKER_CALLED);
    assertThat(outbox.offer(whole(1))).isEqualTo(TAKER_CALLED);

    takeAll();

    assertThat(outbox.offer(whole(1))).isEqualTo(CALL_TAKER);
  }

  @Test
  void isBusyWhileSomethingWaitsOrAMessageIsOpen() throws Exception {
    assertThat(outbox.isBusy()).isFalse();

    addAll(fragment("a", Opcode.TEXT, 1));
    assertThat(outbox.isBusy()).isTrue();
    outbox.take();
    assertThat(outbox.isBusy()).as("inside a message").isTrue();

    addAll(lastFragment("a", 1));
    outbox.take();
    assertThat(outbox.isBusy()).isFalse();
  }

  @Test
  void wholeMessagesWaitBehindAMessageInFragments() throws Exception {
    Outgoing first = fragment("a", Opcode.TEXT, 1);
    Outgoing last = lastFragment("a", 1);
    Outgoing message = whole(1);
    Outgoing prepared = new Outgoing.Prepared(PreparedMessage.text("p"));
    Outgoing mark = new Outgoing.Mark(new CompletableFuture<>());
    addAll(first, message, prepared, mark);

    assertThat(takeAll()).containsExactly(first);
    addAll(whole(9), last);

    assertThat(takeAll()).startsWith(last, message, prepared, mark).hasSize(5);
  }

  @Test
  void controlFramesAndTheCloseDoNotWaitBehindAMessageInFragments() throws Exception {
    Outgoing first = fragment("a", Opcode.BINARY, 1);
    Outgoing ping = control(3);
    Outgoing closing = new Outgoing.Closing(new Close(1000, ""));

    addAll(first, whole(1), ping, closing);

    assertThat(takeAll()).containsExactly(first, ping, closing);
  }

  @Test
  void messagesInFragmentsNeverMix() throws Exception {
    Outgoing a1 = fragment("a", Opcode.TEXT, 1);
    Outgoing a2 = lastFragment("a", 1);
    Outgoing b1 = fragment("b", Opcode.TEXT, 1);
    Outgoing b2 = lastFragment("b", 1);
    Outgoing c1 = fragment("c", Opcode.TEXT, 1);
    Outgoing c2 = lastFragment("c", 1);

    addAll(a1, b1, c1, c2, b2, a2);

    assertThat(takeAll()).containsExactly(a1, a2, b1, b2, c1, c2);
  }

  @Test
  void addWaitsAtTheHighMarkAndGoesOnBelowIt() throws Exception {
    addAll(whole(HIGH_MARK - OVERHEAD));
    Outgoing late = whole(1);
    FutureTask<Outbox.Added> adding = onThread(late, true);
    awaitWaiting(adding);

    outbox.take();

    assertThat(adding.get(10, TimeUnit.SECONDS)).isEqualTo(CALL_TAKER);
    assertThat(takeAll()).containsExactly(late);
  }

  @Test
  void addDoesNotWaitOneByteBelowTheHighMark() throws Exception {
    addAll(whole(HIGH_MARK - OVERHEAD - 1));

    assertThat(outbox.add(whole(1), true)).isEqualTo(TAKER_CALLED);
  }

  @Test
  void whoMustNotWaitIsNotHeldUp() throws Exception {
    addAll(whole(HIGH_MARK));

    assertThat(outbox.add(whole(1), false)).isEqualTo(TAKER_CALLED);
  }

  @Test
  void offerRefusesWhatGoesBeyondTheCap() {
    assertThat(outbox.offer(whole(CAP - 2 * OVERHEAD - 1))).isEqualTo(CALL_TAKER);

    assertThat(outbox.offer(whole(2))).isEqualTo(FULL);
    assertThat(outbox.offer(whole(1))).isEqualTo(TAKER_CALLED);
    assertThat(outbox.bytes()).isEqualTo(CAP);
  }

  @Test
  void offerTakesAMessageOverTheCapWhenNothingElseWaits() {
    assertThat(outbox.offer(whole(2 * CAP))).isEqualTo(CALL_TAKER);
  }

  @Test
  void fragmentsFindRoomThoughDeferredMessagesFillTheQueue() throws Exception {
    Outgoing first = fragment("a", Opcode.TEXT, 1);
    addAll(first, whole(HIGH_MARK));
    FutureTask<Outbox.Added> adding = onThread(fragment("a", Opcode.CONTINUATION, 1), true);

    assertThat(outbox.take()).isEqualTo(first);
    assertThat(outbox.take()).isNull();

    adding.get(10, TimeUnit.SECONDS);
    assertThat(outbox.take()).isNotNull();
  }

  @Test
  void controlFramesFindRoomThoughDeferredMessagesFillTheQueue() throws Exception {
    addAll(fragment("a", Opcode.TEXT, 1), whole(HIGH_MARK));
    takeAll();

    assertThat(outbox.add(control(1), true)).isNotEqualTo(CLOSED);
  }

  @Test
  void fragmentsStillWaitForTheirOwnKind() throws Exception {
    addAll(fragment("a", Opcode.TEXT, 1), whole(HIGH_MARK));
    takeAll();
    outbox.add(fragment("a", Opcode.CONTINUATION, HIGH_MARK), false);
    FutureTask<Outbox.Added> adding = onThread(fragment("a", Opcode.CONTINUATION, 1), true);

    awaitWaiting(adding);
    outbox.take();

    adding.get(10, TimeUnit.SECONDS);
  }

  @Test
  void whatEndsAMessageNeverWaits() throws Exception {
    addAll(fragment("a", Opcode.TEXT, HIGH_MARK));
    Thread.currentThread().interrupt();

    Outbox.Added added = outbox.add(lastFragment("a", 0), true);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(added).isEqualTo(TAKER_CALLED);
  }

  @Test
  void anInterruptEndsTheWaitAndAddsNothing() throws Exception {
    Outgoing only = whole(HIGH_MARK);
    addAll(only);
    var adding = new FutureTask<>(() -> outbox.add(whole(1), true));
    Thread thread = Thread.ofPlatform().start(adding);
    awaitWaiting(thread);

    thread.interrupt();

    assertThatThrownBy(() -> adding.get(10, TimeUnit.SECONDS))
        .hasCauseInstanceOf(InterruptedException.class);
    assertThat(takeAll()).containsExactly(only);
  }

  @Test
  void closingWakesAllWhoWait() throws Exception {
    addAll(whole(HIGH_MARK));
    List<FutureTask<Outbox.Added>> waiting = new ArrayList<>();
    for (int i = 0; i < 3; i++) waiting.add(onThread(whole(1), true));
    for (var adding : waiting) awaitWaiting(adding);

    outbox.close();

    for (var adding : waiting) {
      assertThat(adding.get(10, TimeUnit.SECONDS)).isEqualTo(CLOSED);
    }
  }

  @Test
  void takesNothingOnceClosed() throws Exception {
    outbox.close();

    assertThat(outbox.add(whole(1), true)).isEqualTo(CLOSED);
    assertThat(outbox.offer(whole(1))).isEqualTo(CLOSED);
    assertThat(outbox.take()).isNull();
  }

  @Test
  void givesUpTheRestWhateverItsTurn() throws Exception {
    Outgoing deferred = whole(1);
    Outgoing queued = whole(2);
    addAll(fragment("a", Opcode.TEXT, 1), deferred);
    takeAll();
    addAll(queued);
    outbox.close();

    assertThat(outbox.takeRest()).isEqualTo(deferred);
    assertThat(outbox.takeRest()).isEqualTo(queued);
    assertThat(outbox.takeRest()).isNull();
  }

  private void addAll(Outgoing... entries) throws InterruptedException {
    for (Outgoing entry : entries) outbox.add(entry, false);
  }

  private List<Outgoing> takeAll() {
    List<Outgoing> taken = new ArrayList<>();
    for (Outgoing next = outbox.take(); next != null; next = outbox.take()) taken.add(next);
    return taken;
  }

  private final List<Thread> threads = new ArrayList<>();

  private FutureTask<Outbox.Added> onThread(Outgoing entry, boolean mayWait) {
    var adding = new FutureTask<>(() -> outbox.add(entry, mayWait));
    threads.add(Thread.ofPlatform().daemon().start(adding));
    return adding;
  }

  private void awaitWaiting(FutureTask<Outbox.Added> adding) {
    awaitWaiting(threads.getLast());
    assertThat(adding.isDone()).isFalse();
  }

  private static void awaitWaiting(Thread thread) {
    long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (thread.getState() != Thread.State.WAITING) {
      assertThat(System.nanoTime()).as("never waits").isLessThan(deadlineNanos);
      Thread.onSpinWait();
    }
  }

  private static Outgoing whole(int bytes) {
    return new Outgoing.Frame(Opcode.BINARY, true, true, new byte[bytes], null, null);
  }

  private static Outgoing control(int bytes) {
    return new Outgoing.Frame(Opcode.PING, true, true, new byte[bytes], null, null);
  }

  private static Outgoing fragment(Object message, Opcode opcode, int bytes) {
    return new Outgoing.Frame(opcode, false, true, new byte[bytes], message, null);
  }

  private static Outgoing lastFragment(Object message, int bytes) {
    return new Outgoing.Frame(Opcode.CONTINUATION, true, true, new byte[bytes], message, null);
  }
}
