package dev.priz.netty;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client tells a server before it knows who that is. */
final class ClientHelloTest {
  @ParameterizedTest(name = "OpenSSL: {0}")
  @ValueSource(booleans = {false, true})
  @DisplayName("A client asks for the host by name, and never for an address")
  void asksForTheHostByName(boolean openSsl) {
    assertThat(hello(openSsl, "www.example.com")).contains("www.example.com");
    assertThat(hello(openSsl, "127.0.0.1")).doesNotContain("127.0.0.1");
  }

  private static String hello(boolean wantsOpenSsl, String host) {
    boolean openSsl = wantsOpenSsl && OpenSsl.isAvailable();
    SslContext context =
        new Tls(null, Map.of(), null, false, false, openSsl, Duration.ZERO).clientContext();
    var channel = new EmbeddedChannel();
    channel.pipeline().addLast(context.newHandler(channel.alloc(), host, 443));
    ByteBuf hello = channel.readOutbound();
    String text = hello.toString(ISO_8859_1);
    hello.release();
    channel.finishAndReleaseAll();
    ReferenceCountUtil.release(context);
    return text;
  }
}
