package dev.priz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.netty.HostResolver;
import dev.priz.protocol.WebSocketUri;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where redirects may lead. */
final class RedirectPolicyTest {
  @ParameterizedTest
  @CsvSource({
    "93.184.216.34,93.184.216.35,true",
    "93.184.216.34,10.0.0.1,true",
    "93.184.216.34,169.254.169.254,false",
    "93.184.216.34,fe80::1,false",
    "93.184.216.34,febf::1,false",
    "93.184.216.34,fec0::1,true",
    "93.184.216.34,93.184.216.35 169.254.0.1,false",
    "93.184.216.34,127.0.0.1,false",
    "93.184.216.34,::1,false",
    "93.184.216.34,0.0.0.0,false",
    "127.0.0.1,127.0.0.2,true",
    "127.0.0.1,::1,true",
    "127.0.0.1,169.254.169.254,false",
    "169.254.0.1,169.254.0.2,true",
    "169.254.0.1,127.0.0.1,false",
    "10.0.0.1,169.254.169.254,false",
    ",93.184.216.34,true",
    ",169.254.169.254,false",
    ",'',true"
  })
  @DisplayName("HC-14 guarded against places that only this machine can see")
  void guarded(@Nullable String from, String to, boolean allowed) {
    List<InetAddress> addresses =
        Stream.of(to.split(" ", 0))
            .filter(each -> !each.isEmpty())
            .map(HostResolver::literal)
            .toList();
    InetAddress origin = from == null ? null : HostResolver.literal(from);

    assertThat(RedirectPolicy.GUARDED.allows(redirect("ws://a", origin, "ws://b", addresses)))
        .isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource({
    "ws://a/b,ws://A:80/c,true",
    "ws://a,ws://a:81,false",
    "ws://a,wss://a:80,false",
    "ws://a,wss://a,false",
    "ws://a,ws://b,false"
  })
  @DisplayName("HC-12 same origin is same host, port and scheme")
  void sameOrigin(String from, String to, boolean same) {
    assertThat(RedirectPolicy.SAME_ORIGIN.allows(redirect(from, null, to, List.of())))
        .isEqualTo(same);
  }

  @Test
  @DisplayName("HC-14 a redirect to a name of a link-local address is refused")
  void aNameOfALinkLocalAddress() throws Exception {
    InetAddress[] found = {
      HostResolver.literal("127.0.0.1"), HostResolver.literal("169.254.169.254")
    };
    try (var server = RawServer.listen();
        var client = WebSocketClient.builder().followRedirects().resolver(host -> found).build()) {
      var opening = client.connectAsync(server.address());
      try (RawPeer peer = server.accept()) {
        assertThat(peer.readHead()).startsWith("GET / ");
        peer.sendText("HTTP/1.1 302 Found\r\nLocation: http://innocent.example\r\n\r\n");

        assertThat(Soon.failure(opening))
            .isInstanceOf(HandshakeRefusedException.class)
            .hasMessageEndingWith("the redirect is not followed: the policy does not allow it");
      }
    }
  }

  @Test
  void addressesAreCopied() {
    var redirect = redirect("ws://a", null, "ws://b", List.of(InetAddress.getLoopbackAddress()));

    assertThat(redirect.toAddresses()).isUnmodifiable();
  }

  private static Redirect redirect(
      String from, @Nullable InetAddress fromAddress, String to, List<InetAddress> addresses) {
    return new Redirect(
        302, WebSocketUri.parse(from), fromAddress, WebSocketUri.parse(to), addresses);
  }
}
