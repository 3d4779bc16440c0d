package dev.priz.netty;

import static dev.priz.netty.FakeOwner.OPTIONS;
import static dev.priz.netty.FakeOwner.hex;
import static dev.priz.netty.FakeOwner.masked;
import static dev.priz.netty.FakeOwner.wire;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.priz.protocol.Close;
import dev.priz.protocol.Opcode;
import dev.priz.protocol.PreparedMessage;
import dev.priz.protocol.Side;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.FastThreadLocal;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A link between a channel in memory and a fake owner. All of a test is one event loop. */
class LinkHandlerTest {
  private final FakeOwner owner = new FakeOwner();
  private EmbeddedChannel channel;
  private LinkHandler handler;

  @BeforeEach
  void open() {
    open(OPTIONS);
  }

  private void open(LinkOptions options) {
    channel = new EmbeddedChannel();
    channel.config().setAutoRead(false);
    handler = new LinkHandler(channel, Side.SERVER, options, null, owner);
    channel.pipeline().addLast(handler);
  }

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
    // What the connections of a thread share would make this thread an event loop for other tests.
    FastThreadLocal.removeAll();
  }

  @Test
  void doesNotReadBeforeItsOwnerAsks() {
    assertThat(channel.config().isAutoRead()).isFalse();

    resume();

    assertThat(channel.config().isAutoRead()).isTrue();
  }

  @Test
  void holdsWhatComesBeforeItsOwnerAsks() {
    channel.writeInbound(masked("one"), masked("two"));
    assertThat(owner.told).isEmpty();

    resume();

    assertThat(owner.told).containsExactly("one", "two");
  }

  @Test
  void stopsInsideABufferWhenItsOwnerHasEnough() {
    owner.wantsMore = false;
    resume();
    channel.writeInbound(masked("one").writeBytes(masked("two")), masked("three"));

    assertThat(owner.told).containsExactly("one");
    assertThat(channel.config().isAutoRead()).isFalse();

    resume();
    assertThat(owner.told).containsExactly("one", "two");
    owner.wantsMore = true;
    resume();
    assertThat(owner.told).containsExactly("one", "two", "three");
    assertThat(channel.config().isAutoRead()).isTrue();
  }

  @Test
  void theEndOfTheStreamWaitsForWhatItsOwnerHasNotTaken() {
    channel.writeInbound(masked("one"));
    channel.close();
    channel.runPendingTasks();
    assertThat(owner.told).isEmpty();

    resume();

    assertThat(owner.told).containsExactly("one", "closed 1006");
  }

  @Test
  void theAnswersOfOneReadLeaveInOneWrite() {
    owner.onText =
        text -> {
          owner.send(text);
          owner.send("!");
        };
    resume();

    channel.writeInbound(masked("a").writeBytes(wire("89 80 00000000")).writeBytes(masked("b")));

    assertThat(hex(channel.readOutbound()))
        .isEqualTo("810161" + "810121" + "8a00" + "810162" + "810121");
    assertThat(hex(channel.readOutbound())).isEqualTo("nothing");
  }

  @Test
  void whatIsSentInOneTurnLeavesInOneWriteAtItsEnd() throws Exception {
    owner.send("a");
    owner.link.send(Opcode.BINARY, new byte[] {1});
    owner.link.send(PreparedMessage.text("c"));
    assertThat(hex(channel.readOutbound())).isEqualTo("nothing");

    channel.runPendingTasks();

    assertThat(hex(channel.readOutbound())).isEqualTo("810161" + "820101" + "810163");
    assertThat(hex(channel.readOutbound())).isEqualTo("nothing");
  }

  @Test
  void muchOutputLeavesInBuffersOfLimitedSize() {
    for (int i = 0; i < 10; i++) owner.send("x".repeat(30_000));
    channel.runPendingTasks();

    int total = 0;
    for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
      assertThat(part.readableBytes()).isLessThanOrEqualTo(64 * 1024);
      total += part.readableBytes();
      part.release();
    }
    assertThat(total).isEqualTo(10 * 30_004);
  }

  @Test
  void stopsReadingWhileRepliesWaitThatAreTooMany() {
    resume();
    writable(false);
    assertThat(channel.config().isAutoRead()).isTrue();
    owner.send("x".repeat(70_000));
    channel.writeInbound(masked("one"));
    assertThat(channel.config().isAutoRead()).isFalse();
    channel.writeInbound(masked("two"));
    assertThat(owner.told).isEmpty();

    writable(true);

    assertThat(owner.told).containsExactly("one", "two");
    assertThat(channel.config().isAutoRead()).isTrue();
  }

  @Test
  void readsNothingNewBeforeWhatItHoldsIsTaken() {
    resume();
    writable(false);
    owner.send("x".repeat(70_000));
    channel.writeInbound(masked("held"));
    owner.onText = text -> assertThat(channel.config().isAutoRead()).isFalse();

    writable(true);

    assertThat(owner.told).containsExactly("held");
  }

  @Test
  void whileTheChannelIsNotWritableOnlyTheLatestPongWaits() {
    resume();
    owner.onText = text -> channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);

    channel.writeInbound(masked("stop"), wire("89 81 00000000 61"), wire("89 81 00000000 62"));
    assertThat(hex(channel.readOutbound())).isEqualTo("nothing");
    writable(true);

    assertThat(hex(channel.readOutbound())).isEqualTo("8a0162");
    assertThat(hex(channel.readOutbound())).isEqualTo("nothing");
  }

  @Test
  void givesUpAPeerForWhomTooMuchWaits() {
    resume();
    writable(false);
    owner.send("x".repeat(1_000_000));

    owner.send("x".repeat(100_000));
    channel.runPendingTasks();

    assertThat(owner.told).containsExactlyInAnyOrder("too late 1013", "closed 1013");
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void aCapAtTheHighMarkDoesNotWriteABufferTwice() {
    open(
        new LinkOptions(
            OPTIONS.limits(),
            OPTIONS.timeouts(),
            true,
            1_024,
            1_024,
            OPTIONS.stall(),
            1_024,
            null,
            new Budget(Long.MAX_VALUE)));
    channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(512, 1_024));

    owner.send("x".repeat(900));
    owner.send("x".repeat(900));
    channel.runPendingTasks();

    assertThat(owner.told).containsExactlyInAnyOrder("too late 1013", "closed 1013");
    assertThat(hex(channel.readOutbound())).hasSize(2 * 904);
    assertThat(hex(channel.readOutbound())).isEqualTo("nothing");
  }

  @Test
  void sendsNothingBehindACloseThatWaitedInTheOutbox() throws Exception {
    enqueueCloseBehindOutputThatLeavesSlowly();

    assertThatThrownBy(() -> owner.link.send(PreparedMessage.text("late")))
        .isInstanceOf(LinkClosedException.class);
  }

  @Test
  void sendsNoBatchBehindACloseThatWaitedInTheOutbox() throws Exception {
    enqueueCloseBehindOutputThatLeavesSlowly();

    assertThatThrownBy(() -> owner.link.send(new Batch(List.of(PreparedMessage.text("late")), 1)))
        .isInstanceOf(LinkClosedException.class);
  }

  @Test
  void aLongMessageLeavesInFragmentsWithPongsBetween() throws Exception {
    open(
        new LinkOptions(
            OPTIONS.limits(),
            OPTIONS.timeouts(),
            true,
            4_096,
            1 << 20,
            OPTIONS.stall(),
            1_024,
            null,
            new Budget(Long.MAX_VALUE)));
    resume();
    owner.onText =
        text -> {
          try {
            owner.link.sendWhole(Opcode.BINARY, new byte[2_050], null);
          } catch (LinkClosedException | InterruptedException unexpected) {
            throw new AssertionError(unexpected);
          }
        };

    channel.writeInbound(masked("go").writeBytes(wire("89 80 00000000")));

    String all = hex(channel.readOutbound());
    String full = "00".repeat(1_024);
    assertThat(all).isEqualTo("027e0400" + full + "007e0400" + full + "80020000" + "8a00");
  }

  @Test
  void whatIsNotWrittenFailsWhenTheLinkIsClosed() throws Exception {
    var first = new CompletableFuture<Void>();
    writable(false);
    owner.link.enqueue(new Outgoing.Frame(Opcode.TEXT, false, true, new byte[1], "message", null));
    owner.link.enqueue(new Outgoing.Frame(Opcode.TEXT, true, true, new byte[1], null, first));

    owner.link.abort();
    channel.runPendingTasks();

    assertThatThrownBy(first::get).hasCauseInstanceOf(LinkClosedException.class);
  }

  @Test
  void whatTheChannelCannotWriteFailsAsClosed() throws Exception {
    channel.pipeline().addFirst(new Broken());
    var written = new CompletableFuture<Void>();

    owner.link.enqueue(new Outgoing.Frame(Opcode.TEXT, true, true, new byte[1], null, written));
    channel.runPendingTasks();

    assertThatThrownBy(written::get).hasCauseInstanceOf(LinkClosedException.class);
  }

  @Test
  void anErrorOfTheTransportIsToldOnceAndEndsTheLink() {
    resume();

    channel.pipeline().fireExceptionCaught(new IOException("reset"));
    channel.runPendingTasks();

    assertThat(owner.told).containsExactly("failed", "closed 1006");
  }

  @Test
  void bytesThatNobodyMayEverAskForAreTakenOutOfThePool() {
    ByteBuf early = masked("early");
    channel.writeInbound(early);

    channel.close();

    assertThat(early.refCnt()).isZero();
    resume();
    assertThat(owner.told).containsExactly("early", "closed 1006");
  }

  @Test
  void endsWithItsLoopThoughItsOwnerHasNotTakenEverything() {
    ByteBuf early = masked("early");
    channel.writeInbound(early);

    channel.pipeline().fireUserEventTriggered(LinkHandler.LOOP_ENDS);
    channel.runPendingTasks();

    assertThat(early.refCnt()).isZero();
    assertThat(owner.told).containsExactly("closed 1006");
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void aPeerThatEndsItsHalfWithoutACloseHasLeft() {
    resume();

    endPeersHalf();

    assertThat(channel.isOpen()).isFalse();
    assertThat(owner.told).containsExactly("closed 1006");
  }

  @Test
  void aPeerThatEndsItsHalfStaysForAWhileWhileNobodyTakesWhatItSent() {
    ByteBuf early = masked("early");
    channel.writeInbound(early);

    endPeersHalf();
    assertThat(early.refCnt()).isZero();
    assertThat(channel.isOpen()).isTrue();

    handler.deadlineReached(handler.deadlineNanos());
    assertThat(channel.isOpen()).isFalse();
    resume();
    assertThat(owner.told).containsExactly("early", "closed 1006");
  }

  @Test
  void bytesAfterTheEndAreReleased() {
    resume();
    owner.link.abort();
    channel.runPendingTasks();
    ByteBuf late = masked("late");

    handler.channelRead(null, late);

    assertThat(late.refCnt()).isZero();
    assertThat(owner.told).containsExactly("closed 1011");
  }

  // There is room for the Close frame again, though the channel has not said so yet.
  private void enqueueCloseBehindOutputThatLeavesSlowly() throws Exception {
    channel.pipeline().addFirst(new Stuck());
    for (int i = 0; i < 3; i++) owner.link.send(Opcode.BINARY, new byte[30_000]);
    channel.runPendingTasks();
    owner.link.enqueue(new Outgoing.Closing(new Close(1000, "")));
    channel.unsafe().outboundBuffer().addFlush();
    channel.unsafe().outboundBuffer().remove();
  }

  /** A channel that keeps what it is to write. */
  private static final class Stuck extends ChannelOutboundHandlerAdapter {
    @Override
    public void flush(ChannelHandlerContext context) {}
  }

  /** A channel that can write no more. */
  private static final class Broken extends ChannelOutboundHandlerAdapter {
    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
      ReferenceCountUtil.release(message);
      promise.setFailure(new IOException("broken pipe"));
    }
  }

  private void endPeersHalf() {
    channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    channel.runPendingTasks();
  }

  private void resume() {
    owner.link.resume();
    channel.runPendingTasks();
  }

  private void writable(boolean writable) {
    channel.unsafe().outboundBuffer().setUserDefinedWritability(1, writable);
    channel.runPendingTasks();
  }
}
