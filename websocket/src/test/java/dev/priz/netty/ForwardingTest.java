package dev.priz.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.priz.netty.Forwarding.Source;
import dev.priz.protocol.Headers;
import dev.priz.protocol.Request;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardingTest {
  private static final InetSocketAddress PROXY = new InetSocketAddress("10.0.0.1", 4711);

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      textBlock =
          """
          192.0.2.1                                 > /192.0.2.1:0
          192.0.2.1:80                              > /192.0.2.1:80
          6.6.6.6, 192.0.2.1                        > /192.0.2.1:0
          6.6.6.6, 192.0.2.1, 10.1.2.3              > /192.0.2.1:0
          192.0.2.1, unknown, 10.1.2.3              > /10.1.2.3:0
          unknown                                   > /10.0.0.1:4711
          192.0.2.1:99999                           > /10.0.0.1:4711
          localhost                                 > /10.0.0.1:4711
          2001:db8::1                               > /[2001:db8:0:0:0:0:0:1]:0
          [2001:db8::1]:443                         > /[2001:db8:0:0:0:0:0:1]:443
          [2001:db8::1                              > /10.0.0.1:4711
          fe80::1%1                                 > /10.0.0.1:4711
          10.9.9.9, 10.1.2.3                        > /10.9.9.9:0
          """)
  void believesAsMuchOfAChainAsTrustedProxiesVouchFor(String chain, String client) {
    var forwarding = Forwarding.by(Source.X_FORWARDED_FOR, "10.0.0.0/8");

    Peer peer = forwarding.peer(request("X-Forwarded-For", chain), PROXY, false);

    assertThat(peer.address()).hasToString(client);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      quoteCharacter = '`',
      textBlock =
          """
          for=192.0.2.1;proto=https                 > /192.0.2.1:0                  > true
          For="192.0.2.1:80";by=10.0.0.1            > /192.0.2.1:80                 > false
          for="[2001:db8::1]:443";proto=HTTPS       > /[2001:db8:0:0:0:0:0:1]:443   > true
          for=6.6.6.6, for=192.0.2.1                > /192.0.2.1:0                  > false
          for=192.0.2.1;proto=https, for=10.1.2.3   > /192.0.2.1:0                  > true
          for=_hidden                               > /10.0.0.1:4711                > false
          proto=https                               > /10.0.0.1:4711                > true
          """)
  void readsTheForwardedHeader(String header, String client, boolean secure) {
    var forwarding = Forwarding.by(Source.FORWARDED, "10.0.0.0/8");

    Peer peer = forwarding.peer(request("Forwarded", header), PROXY, false);

    assertThat(peer.address()).hasToString(client);
    assertThat(peer.secure()).isEqualTo(secure);
  }

  @Test
  void believesOneHeaderOnly() {
    var forwarding = Forwarding.by(Source.X_FORWARDED_FOR, "10.0.0.0/8");

    Peer peer = forwarding.peer(request("Forwarded", "for=6.6.6.6;proto=https"), PROXY, false);

    assertThat(peer).isEqualTo(new Peer(PROXY, false));
  }

  @Test
  void takesTheSchemeOfTheLastProxy() {
    var forwarding = Forwarding.by(Source.X_FORWARDED_FOR, "10.0.0.0/8");
    Headers headers = Headers.EMPTY.with("X-Forwarded-Proto", "https, http");

    assertThat(forwarding.peer(request(headers), PROXY, false).secure()).isFalse();
    assertThat(forwarding.peer(request(headers), PROXY, true).secure()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.1.2, true",
    "10.0.0.0/8, 11.0.0.1, false",
    "127.0.0.1, 127.0.0.1, true",
    "127.0.0.1, 127.0.0.2, false",
    "fd00::/8, fd12::1, true",
    "fd00::/8, fe00::1, false",
    "::1, 0:0:0:0:0:0:0:1, true",
    "0.0.0.0/0, 192.0.2.1, true",
    "0.0.0.0/0, 2001:db8::1, false"
  })
  void trustsAddressesAndBlocks(String range, String address, boolean trusted) {
    var forwarding = Forwarding.by(Source.X_FORWARDED_FOR, range);

    assertThat(forwarding.trusts(new InetSocketAddress(address, 1))).isEqualTo(trusted);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "localhost", "10.0.0.0/33", "10.0.0.0/", "::1/129", "1.2.3", "1.2.3.4/x"})
  void refusesWhatIsNoAddress(String range) {
    assertThatThrownBy(() -> Forwarding.by(Source.FORWARDED, range))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"" + range + "\" is no address");
  }

  @Test
  void trustsSomebody() {
    assertThatThrownBy(() -> Forwarding.by(Source.FORWARDED))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Request request(String name, String value) {
    return request(Headers.EMPTY.with(name, value));
  }

  private static Request request(Headers headers) {
    return new Request("GET", "/", "HTTP/1.1", headers);
  }
}
