package dev.priz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.priz.protocol.DeflateOptions;
import dev.priz.protocol.Limits;
import dev.priz.protocol.Timeouts;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The options of a connection. */
final class ConnectionOptionsTest {
  private static final ConnectionOptions DEFAULT = ConnectionOptions.DEFAULT;

  @Test
  void changeOneAtATime() {
    Limits limits = Limits.DEFAULT.maxMessageBytes(1);
    Timeouts timeouts = Timeouts.DEFAULT.handshake(Duration.ofSeconds(1));

    ConnectionOptions changed =
        DEFAULT
            .limits(limits)
            .timeouts(timeouts)
            .answersPings(false)
            .sendQueue(2_000, 3_000)
            .fragmentBytes(4_000)
            .inboxBytes(5_000)
            .deflate(DeflateOptions.DEDICATED);

    assertThat(changed)
        .isEqualTo(
            new ConnectionOptions(
                limits, timeouts, false, 2_000, 3_000, 4_000, 5_000, DeflateOptions.DEDICATED));
  }

  @Test
  void haveTheDefaultsThatTheirDocumentationNames() {
    assertThat(DEFAULT)
        .isEqualTo(
            new ConnectionOptions(
                Limits.DEFAULT,
                Timeouts.DEFAULT,
                true,
                65_536,
                1_048_576,
                1_048_576,
                65_536,
                DeflateOptions.SHARED));
  }

  @Test
  void refuseNumbersThatAreTooSmall() {
    assertThatThrownBy(() -> DEFAULT.fragmentBytes(1_023))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1023");
    assertThatThrownBy(() -> DEFAULT.inboxBytes(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> DEFAULT.sendQueue(1_023, 2_000))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> DEFAULT.sendQueue(2_000, 1_999))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void takeTheLeastThatIsAllowed() throws InterruptedException {
    var least = DEFAULT.sendQueue(1_024, 1_024).fragmentBytes(1_024).inboxBytes(1_024);
    try (var ends = Ends.open(least)) {
      var sending =
          Threads.run(() -> {
            for (int i = 0; i < 100; i++) ends.client().send(new byte[5_000]);
          });

      for (int i = 0; i < 100; i++) assertThat(ends.server().receive().data()).hasSize(5_000);
      Soon.value(sending);
    }
  }
}
