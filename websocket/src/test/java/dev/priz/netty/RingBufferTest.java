package dev.priz.netty;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Slices that are used again, as the ring and the handlers behind it use them. */
class RingBufferTest {
  private final RingBuffer.Allocator allocator = new RingBuffer.Allocator(64);

  @Test
  void slicesShowWhatTheKernelWrote() {
    ByteBuf whole = filled("onetwothree");

    ByteBuf one = whole.retainedSlice(0, 3);
    ByteBuf two = whole.retainedSlice(3, 3);

    assertThat(one.toString(US_ASCII)).isEqualTo("one");
    assertThat(two.toString(US_ASCII)).isEqualTo("two");
    assertThat(Input.view(two).remaining()).isEqualTo(3);
    assertThat(Input.view(two).get()).isEqualTo((byte) 't');
  }

  @Test
  void aReleasedSliceIsUsedAgain() {
    ByteBuf whole = filled("onetwothree");
    ByteBuf one = whole.retainedSlice(0, 3);
    one.release();

    ByteBuf two = whole.retainedSlice(3, 3);

    assertThat(two).isSameAs(one);
    assertThat(two.toString(US_ASCII)).isEqualTo("two");
    assertThat(whole.refCnt()).isEqualTo(2);
  }

  @Test
  void aBufferIsUsedAgainOnceItAndItsSlicesAreReleased() {
    ByteBuf whole = filled("onetwothree");
    ByteBuf one = whole.retainedSlice(0, 3);
    whole.release();
    assertThat(allocator.allocate()).isNotSameAs(whole);
    assertThat(one.toString(US_ASCII)).isEqualTo("one");

    one.release();
    ByteBuf again = allocator.allocate();

    assertThat(again).isSameAs(whole);
    assertThat(again.writableBytes()).isEqualTo(64);
    assertThat(again.refCnt()).isOne();
  }

  @Test
  void aBufferThatNobodyNeedsForAWhileIsLetGo() {
    ByteBuf whole = allocator.allocate();
    whole.release();

    RingBuffer.trim();
    assertThat(allocator.allocate()).isSameAs(whole);
    whole.release();
    RingBuffer.trim();
    RingBuffer.trim();

    assertThat(allocator.allocate()).isNotSameAs(whole);
  }

  @Test
  void nothingCanBeWrittenIntoASlice() {
    ByteBuf whole = filled("onetwothree");
    ByteBuf one = whole.retainedSlice(0, 3);

    assertThat(one.isWritable()).isFalse();
    assertThat(one.maxWritableBytes()).isZero();
    assertThatThrownBy(() -> one.writeByte(0)).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> one.capacity(100)).isInstanceOf(UnsupportedOperationException.class);
    assertThat(whole.toString(US_ASCII)).isEqualTo("onetwothree");
  }

  @Test
  void aDecoderThatCollectsSlicesLeavesTheirNeighboursAlone() {
    ByteBuf whole = filled("onetwothree");
    ByteBuf two = whole.retainedSlice(3, 3);
    two.readByte();
    two.discardSomeReadBytes();
    two.discardReadBytes();
    assertThat(two.toString(US_ASCII)).isEqualTo("wo");

    ByteBuf collected =
        ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(
            Unpooled.EMPTY_BUFFER.alloc(), two, Unpooled.copiedBuffer("!", US_ASCII));

    assertThat(collected.toString(US_ASCII)).isEqualTo("wo!");
    assertThat(two.refCnt()).isZero();
    assertThat(whole.toString(US_ASCII)).isEqualTo("onetwothree");
    collected.release();
  }

  @Test
  void fillsAWholeBatch() {
    List<ByteBuf> batch = new ArrayList<>();

    allocator.allocateBatch(batch::add, 4);

    assertThat(batch).hasSize(4).allMatch(ByteBuf::isWritable);
    assertThat(batch.get(0)).isNotSameAs(batch.get(1));
  }

  @Test
  void doesWithoutWhatIsReleasedElsewhere() throws Exception {
    ByteBuf whole = filled("onetwothree");
    ByteBuf one = whole.retainedSlice(0, 3);
    whole.release();
    var elsewhere = new Thread(one::release);
    elsewhere.start();
    elsewhere.join();

    assertThat(whole.refCnt()).isZero();
    assertThat(allocator.allocate()).isNotSameAs(whole);
  }

  private ByteBuf filled(String text) {
    return allocator.allocate().writeBytes(text.getBytes(US_ASCII));
  }
}
