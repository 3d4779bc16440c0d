package dev.priz.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.protocol.OriginPolicy;
import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

/** A listening socket in memory, and who comes there. */
class ThresholdTest {
  private final EmbeddedChannel visitor = new EmbeddedChannel();

  @Test
  void cutsOffWhomThereIsNoMemoryToLetInAndRests() {
    var full =
        new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE) {
          @Override
          public boolean add(Channel channel) {
            throw new OutOfMemoryError("as if");
          }
        };

    EmbeddedChannel server = receive(full);

    assertThat(visitor.isOpen()).isFalse();
    assertThat(server.inboundMessages()).isEmpty();
    assertThat(server.config().isAutoRead()).isFalse();
    server.finishAndReleaseAll();
  }

  @Test
  void letsOthersIn() {
    var visitors = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE);

    EmbeddedChannel server = receive(visitors);

    assertThat(visitor.isOpen()).isTrue();
    assertThat(visitors.toArray()).containsExactly(visitor);
    assertThat(server.<Channel>readInbound()).isSameAs(visitor);
    assertThat(server.config().isAutoRead()).isTrue();
    visitor.finishAndReleaseAll();
    server.finishAndReleaseAll();
  }

  private EmbeddedChannel receive(DefaultChannelGroup visitors) {
    GateOptions options = FakeOwner.gate(OriginPolicy.any(), false, FakeOwner.OPTIONS);
    var entrance = new Entrance(options, visitors);
    var server =
        new EmbeddedChannel(new Threshold(entrance, nobody(), visitors), new AcceptFailures());
    server.writeInbound(visitor);
    return server;
  }

  private static Reception nobody() {
    return (Reception)
        Proxy.newProxyInstance(
            Reception.class.getClassLoader(),
            new Class<?>[] {Reception.class},
            (proxy, method, arguments) -> {
              throw new AssertionError(method + " is for others to call");
            });
  }
}
