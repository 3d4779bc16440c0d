package dev.priz.conformance.autobahn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.Transport;
import dev.priz.WebSocket;
import dev.priz.WebSocketClient;
import dev.priz.protocol.Limits;
import dev.priz.protocol.Message;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Our client against the suite's fuzzing server, on each transport and in both styles. */
@ParameterizedClass
@MethodSource("dev.priz.conformance.autobahn.Transports#ofThisSystem")
@Timeout(300)
class AutobahnClientTest {
  private static final Duration DEADLINE = Duration.ofSeconds(270);

  private final Transport transport;

  AutobahnClientTest(Transport transport) {
    this.transport = transport;
  }

  @BeforeEach
  void needsTheTransport() {
    Transports.assumeWorks(transport);
  }

  @Test
  void echoesByCallbacks() throws Exception {
    Report report =
        run(
            "priz-client-callbacks",
            Cases.ALL,
            ws -> {
              ws.onText(ws::send).onBinary(ws::send);
              ws.run();
            });

    assertThat(report.problems(Cases.ALL)).isEmpty();
  }

  @Test
  void echoesInALoop() throws Exception {
    Report report =
        run(
            "priz-client-loop",
            Cases.PROTOCOL,
            ws -> {
              for (Message message : ws) ws.send(message);
              ws.close();
            });

    assertThat(report.problems(Cases.PROTOCOL)).isEmpty();
  }

  private Report run(String agent, Cases cases, Consumer<WebSocket> echo)
      throws InterruptedException {
    // The cases of group 9 send up to 16 MiB, some of it in 64 Ki fragments.
    Limits limits = Limits.DEFAULT.maxMessageBytes(16 << 20).maxFragments(70_000);
    try (FuzzingServer suite = FuzzingServer.start(agent + "-" + transport, cases);
        WebSocketClient client =
            WebSocketClient.builder().transport(transport).limits(limits).build()) {
      return suite.run(url -> echo.accept(client.connect(url.toString())), DEADLINE);
    }
  }
}
