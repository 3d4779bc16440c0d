package dev.priz.netty;

import static dev.priz.netty.FakeOwner.OPTIONS;
import static dev.priz.netty.FakeOwner.masked;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.protocol.Side;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connections that share the long turns of their event loop. */
class SharedTurnTest {
  private static final int SHARE_BYTES = 16 * 1024;

  private final List<EmbeddedChannel> channels = new ArrayList<>();
  private final FakeOwner owner = new FakeOwner();
  private final EmbeddedChannel channel = open(owner);

  @AfterEach
  void close() {
    for (EmbeddedChannel each : channels) each.finishAndReleaseAll();
    FastThreadLocal.removeAll();
  }

  @Test
  void whoSaysMuchReadsOnInAShortTurn() {
    read(big('a'));
    read(big('b'));

    assertThat(firsts()).isEqualTo("ab");
    assertThat(channel.config().isAutoRead()).isTrue();
  }

  @Test
  void whoSaysMuchInALongTurnReadsOnInTheNext() {
    LongTurn.of(channel);
    read(big('a'));
    assertThat(firsts()).isEqualTo("a");
    assertThat(channel.config().isAutoRead()).isFalse();

    channel.runPendingTasks();

    assertThat(channel.config().isAutoRead()).isTrue();
  }

  @Test
  void whoSaysLittleReadsOnInALongTurn() {
    LongTurn.of(channel);
    read(masked("a"));

    assertThat(firsts()).isEqualTo("a");
    assertThat(channel.config().isAutoRead()).isTrue();
  }

  @Test
  void eachReadCountsForAKibibyteAtLeast() {
    LongTurn.of(channel);
    for (int i = 0; i < 15; i++) read(masked("a"));
    assertThat(channel.config().isAutoRead()).isTrue();

    read(masked("a"));

    assertThat(channel.config().isAutoRead()).isFalse();
    assertThat(owner.told).hasSize(16);
  }

  @Test
  void aShareIsOfOneTurnOnly() {
    for (int turn = 0; turn < 3; turn++) {
      LongTurn.of(channel);
      for (int i = 0; i < 15; i++) read(masked("a"));
      channel.runPendingTasks();
    }

    assertThat(owner.told).hasSize(45);
    assertThat(channel.config().isAutoRead()).isTrue();
  }

  @Test
  void manyMessagesOfOneReadWaitInPart() {
    LongTurn.of(channel);
    read(small(200));
    assertThat(owner.told).hasSize(64);

    channel.runPendingTasks();
    assertThat(owner.told).hasSize(200);
    assertThat(channel.config().isAutoRead()).isTrue();
  }

  @Test
  void whatIsReadBehindThoseWhoWaitDoesToo() {
    LongTurn.of(channel);
    read(small(100));
    read(big('b'));
    assertThat(owner.told).hasSize(64);

    channel.runPendingTasks();
    assertThat(owner.told).hasSize(101).last().asString().startsWith("b");
  }

  @Test
  void whatWaitsIsLimited() {
    LongTurn.of(channel);
    read(small(100));
    for (int i = 0; i < 20; i++) read(big('a'));

    assertThat(owner.told).as("all but 256 KiB").hasSize(100 + 5);
    channel.runPendingTasks();
    assertThat(owner.told).hasSize(100 + 20);
  }

  @Test
  void whoComesWhileOthersWaitReadsInTheNextTurn() {
    LongTurn.of(channel);
    read(big('a'));
    EmbeddedChannel latecomer = open(new FakeOwner());
    assertThat(latecomer.config().isAutoRead()).isFalse();

    channel.runPendingTasks();
    assertThat(latecomer.config().isAutoRead()).isTrue();
  }

  @Test
  void whatWaitsIsTakenBeforeTheEnd() {
    LongTurn.of(channel);
    read(small(200));
    channel.pipeline().fireChannelInactive();

    assertThat(owner.told).hasSize(201).last().isEqualTo("closed 1006");
  }

  @Test
  void whatWaitsForItsOwnerTooIsNotTakenInItsTurn() {
    owner.wantsMore = false;
    read(masked("a"));
    LongTurn.of(channel);
    read(big('b'));

    channel.runPendingTasks();

    assertThat(firsts()).isEqualTo("a");
    assertThat(channel.config().isAutoRead()).isFalse();
    owner.link.resume();
    channel.runPendingTasks();
    assertThat(firsts()).isEqualTo("ab");
  }

  // The loop of the first is that of all, since the test has one thread.
  private EmbeddedChannel open(FakeOwner itsOwner) {
    var opened = new EmbeddedChannel();
    var handler = new LinkHandler(opened, Side.SERVER, OPTIONS, null, itsOwner);
    opened.pipeline().addLast(handler);
    itsOwner.link.resume();
    opened.runPendingTasks();
    channels.add(opened);
    return opened;
  }

  private static ByteBuf small(int count) {
    ByteBuf all = Unpooled.buffer();
    for (int i = 0; i < count; i++) all.writeBytes(masked("s"));
    return all;
  }

  // Not by writeInbound, after which the channel runs its tasks; nor is the read complete, for
  // that.
  private void read(ByteBuf bytes) {
    channel.pipeline().fireChannelRead(bytes);
  }

  private String firsts() {
    var firsts = new StringBuilder();
    for (String told : owner.told) firsts.append(told.charAt(0));
    return firsts.toString();
  }

  /** A text of a share's size, of one character. */
  private static ByteBuf big(char character) {
    String text = String.valueOf(character).repeat(SHARE_BYTES);
    return Unpooled.buffer()
        .writeShort(0x81FE)
        .writeShort(SHARE_BYTES)
        .writeInt(0)
        .writeBytes(text.getBytes(US_ASCII));
  }
}
