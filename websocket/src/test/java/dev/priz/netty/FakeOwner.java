package dev.priz.netty;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.priz.protocol.Closed;
import dev.priz.protocol.Event;
import dev.priz.protocol.Limits;
import dev.priz.protocol.OriginPolicy;
import dev.priz.protocol.Text;
import dev.priz.protocol.Timeouts;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;

/** The owner of a link: notes what it is told, in words. */
final class FakeOwner implements Link.Owner, LinkListener {
  static final LinkOptions OPTIONS =
      new LinkOptions(
          Limits.DEFAULT,
          Timeouts.DEFAULT,
          true,
          64 * 1024,
          1 << 20,
          Duration.ofSeconds(10),
          1 << 20,
          null,
          new Budget(Long.MAX_VALUE));

  final List<String> told = new ArrayList<>();
  Link link;
  boolean wantsMore = true;
  Consumer<String> onText = text -> {};

  @Override
  public LinkListener own(Link owned) {
    link = owned;
    return this;
  }

  @Override
  public boolean receive(Event event) {
    if (event instanceof Text text) {
      told.add(text.text());
      onText.accept(text.text());
    } else {
      told.add(event.getClass().getSimpleName());
    }
    return wantsMore;
  }

  @Override
  public int heldBytes() {
    return 0;
  }

  @Override
  public void took(long nanos) {}

  @Override
  public void failed(Throwable cause) {
    told.add("failed");
  }

  @Override
  public void closed(Closed closed, LinkEnd end) {
    told.add("closed " + closed.code());
  }

  void send(String text) {
    try {
      link.sendText(text);
    } catch (LinkClosedException closed) {
      told.add("too late " + closed.closed().code());
    } catch (InterruptedException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /** A client's text message under the mask key zero. */
  static ByteBuf masked(String text) {
    byte[] payload = text.getBytes(UTF_8);
    return Unpooled.buffer()
        .writeByte(0x81)
        .writeByte(0x80 | payload.length)
        .writeInt(0)
        .writeBytes(payload);
  }

  /** The bytes that these hex digits stand for. */
  static ByteBuf wire(String hex) {
    return Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex.replace(" ", "")));
  }

  /** A buffer, which is released, in hex. */
  static String hex(ByteBuf bytes) {
    try {
      return bytes == null ? "nothing" : ByteBufUtil.hexDump(bytes);
    } finally {
      if (bytes != null) bytes.release();
    }
  }

  /** Options of a gate that limits nobody. */
  static GateOptions gate(OriginPolicy origins, boolean secure, LinkOptions link) {
    int none = Admission.UNLIMITED;
    return new GateOptions(origins, secure, link, new Admission(none, none, none, 1), null);
  }

  /** A gate of its own. */
  static HttpGate gate(Channel channel, GateOptions options, Reception reception) {
    var visitors = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE);
    return new HttpGate(channel, options, reception, new Entrance(options, visitors));
  }
}
