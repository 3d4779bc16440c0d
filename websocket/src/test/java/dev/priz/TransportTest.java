package dev.priz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** The names of the transports, and the choice among them. */
final class TransportTest {
  @Test
  void isFoundByItsNameInAnyCase() {
    assertThat(Transport.of("io_uring")).isEqualTo(Transport.IO_URING);
    assertThat(Transport.of("NIO")).isEqualTo(Transport.NIO);
    assertThat(Transport.of("Auto")).isEqualTo(Transport.AUTO);
    assertThat(Transport.of("" + Transport.EPOLL)).isEqualTo(Transport.EPOLL);
  }

  @Test
  void isNotFoundByAnotherName() {
    assertThatThrownBy(() -> Transport.of("carrier pigeon"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("carrier pigeon")
        .hasMessageContaining("io_uring");
  }

  @Test
  void isTheFirstThatWorksWhereNoneIsAskedFor() {
    try (var server = WebSocketServer.listen("127.0.0.1:0")) {
      assertThat(server.transport()).isEqualTo(Transports.working().findFirst().orElseThrow());
    }
  }
}
