package dev.priz.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LoopBuffersTest {
  private final LoopBuffers buffers = new LoopBuffers();

  @Test
  void lendsABufferAgainOnceItIsReleased() {
    ByteBuf first = buffers.forWriting(1_000).writeBytes(new byte[100]);
    first.readByte();
    assertThat(buffers.forWriting(1_000)).isNotSameAs(first);

    first.release();
    ByteBuf again = buffers.forWriting(1_000);

    assertThat(again).isSameAs(first);
    assertThat(again.refCnt()).isOne();
    assertThat(again.readableBytes()).isZero();
    assertThat(again.writableBytes()).isEqualTo(LoopBuffers.WRITE_BYTES);
  }

  @Test
  void hasOneBufferToReadInto() {
    ByteBuf first = buffers.forReading();
    ByteBuf second = buffers.forReading();
    assertThat(second).isNotSameAs(first);
    assertThat(second.writableBytes()).isEqualTo(LoopBuffers.READ_BYTES);

    first.release();
    second.release();

    assertThat(buffers.forReading()).isSameAs(second);
  }

  @Test
  void keepsNoMoreThanMayBeWantedSoon() {
    List<ByteBuf> lent = new ArrayList<>();
    for (int i = 0; i < 300; i++) lent.add(buffers.forWriting(1_000));
    lent.forEach(ByteBuf::release);

    Set<ByteBuf> known = identitiesOf(lent);
    long again = lent.stream().filter(any -> known.contains(buffers.forWriting(1_000))).count();

    assertThat(again).isEqualTo(256);
  }

  @Test
  void hasSmallOnesForAllThatOneMessageGoesTo() {
    ByteBuf small = buffers.forWriting(LoopBuffers.SMALL_BYTES);
    assertThat(small.writableBytes()).isEqualTo(LoopBuffers.SMALL_BYTES);
    small.release();

    assertThat(buffers.forWriting(LoopBuffers.SMALL_BYTES + 1)).isNotSameAs(small);
    assertThat(buffers.forWriting(1)).isSameAs(small);
  }

  @Test
  void letsGoOfWhatIsNotNeededForAWhile() {
    List<ByteBuf> lent = new ArrayList<>();
    for (int i = 0; i < 5; i++) lent.add(buffers.forWriting(1_000));
    lent.forEach(ByteBuf::release);
    buffers.trim();

    // Two of them are needed, and stay.
    ByteBuf last = buffers.forWriting(1_000);
    ByteBuf one = buffers.forWriting(1_000);
    one.release();
    last.release();
    buffers.trim();

    assertThat(buffers.forWriting(1_000)).isSameAs(last);
    assertThat(buffers.forWriting(1_000)).isSameAs(one);
    assertThat(identitiesOf(lent).contains(buffers.forWriting(1_000))).isFalse();
  }

  @Test
  void isLeftWithoutSparesByTwoTrims() {
    ByteBuf small = buffers.forWriting(1);
    ByteBuf big = buffers.forWriting(1_000);
    small.release();
    big.release();

    buffers.trim();
    assertThat(buffers.forWriting(1)).isSameAs(small);
    small.release();
    buffers.trim();
    buffers.trim();

    assertThat(buffers.forWriting(1)).isNotSameAs(small);
    assertThat(buffers.forWriting(1_000)).isNotSameAs(big);
  }

  @Test
  void doesWithoutWhatIsReleasedElsewhere() throws Exception {
    ByteBuf lent = buffers.forWriting(1_000);
    var elsewhere = new Thread(lent::release);
    elsewhere.start();
    elsewhere.join();

    assertThat(buffers.forWriting(1_000)).isNotSameAs(lent);
  }

  @Test
  void tellsTheAddressOfItsMemory() {
    ByteBuf lent = buffers.forWriting(1_000);

    if (lent.hasMemoryAddress()) assertThat(lent.memoryAddress()).isNotZero();
    assertThat(lent.internalNioBuffer(0, 10)).isSameAs(lent.internalNioBuffer(0, 20));
  }

  private static Set<ByteBuf> identitiesOf(List<ByteBuf> buffers) {
    Set<ByteBuf> identities = Collections.newSetFromMap(new IdentityHashMap<>());
    identities.addAll(buffers);
    return identities;
  }
}
