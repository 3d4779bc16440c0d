package dev.priz.conformance.autobahn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.Transport;
import dev.priz.WebSocketServer;
import dev.priz.WebSocketServerBuilder;
import dev.priz.protocol.Limits;
import dev.priz.protocol.Message;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Our server under the suite's fuzzing client, on each transport and in both styles. */
@ParameterizedClass
@MethodSource("dev.priz.conformance.autobahn.Transports#ofThisSystem")
@Timeout(300)
class AutobahnServerTest {
  private static final Duration DEADLINE = Duration.ofSeconds(270);

  private final Transport transport;

  AutobahnServerTest(Transport transport) {
    this.transport = transport;
  }

  @BeforeEach
  void needsTheTransport() {
    Transports.assumeWorks(transport);
  }

  @Test
  void echoesByCallbacks() throws Exception {
    var server = server().callbacks("/*", ws -> ws.onText(ws::send).onBinary(ws::send));

    Report report = run("priz-server-callbacks", server, Cases.ALL);

    assertThat(report.problems(Cases.ALL)).isEmpty();
  }

  @Test
  void echoesInALoop() throws Exception {
    var server =
        server()
            .route(
                "/*",
                ws -> {
                  for (Message message : ws) ws.send(message);
                });

    Report report = run("priz-server-loop", server, Cases.PROTOCOL);

    assertThat(report.problems(Cases.PROTOCOL)).isEmpty();
  }

  // The cases of group 9 send up to 16 MiB, some of it in 64 Ki fragments.
  private WebSocketServerBuilder server() {
    return WebSocketServer.at("127.0.0.1:0")
        .transport(transport)
        .limits(Limits.DEFAULT.maxMessageBytes(16 << 20).maxFragments(70_000));
  }

  private Report run(String agent, WebSocketServerBuilder builder, Cases cases)
      throws InterruptedException {
    try (WebSocketServer server = builder.start()) {
      URI address = URI.create(server.address());
      return FuzzingClient.run(agent + "-" + transport, address, cases, DEADLINE);
    }
  }
}
