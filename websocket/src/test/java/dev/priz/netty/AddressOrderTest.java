package dev.priz.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AddressOrderTest {
  @ParameterizedTest
  @CsvSource({
    "'',''",
    "127.0.0.1,127.0.0.1",
    "127.0.0.1 127.0.0.2,127.0.0.1 127.0.0.2",
    "127.0.0.1 ::1,::1 127.0.0.1",
    "127.0.0.1 127.0.0.2 127.0.0.3 ::1 ::2,::1 127.0.0.1 ::2 127.0.0.2 127.0.0.3",
    "::1 ::2 ::3 127.0.0.1,::1 127.0.0.1 ::2 ::3"
  })
  @DisplayName("HC-19 takes IPv6 and IPv4 in turn, else keeps the order")
  void takesFamiliesInTurn(String resolved, String order) {
    assertThat(AddressOrder.of(addresses(resolved))).containsExactly(addresses(order));
  }

  @Test
  @DisplayName("HC-19 takes 64 addresses at most")
  void takesSoManyAtMost() {
    InetAddress[] many =
        IntStream.range(0, 65)
            .mapToObj(i -> HostResolver.literal("127.0.0." + i))
            .toArray(InetAddress[]::new);

    assertThat(AddressOrder.of(many)).containsExactly(Arrays.copyOf(many, 64));
  }

  private static InetAddress[] addresses(String list) {
    return Stream.of(list.split(" ", 0))
        .filter(text -> !text.isEmpty())
        .map(HostResolver::literal)
        .toArray(InetAddress[]::new);
  }
}
