package dev.priz.conformance.autobahn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.WebSocketServer;
import dev.priz.WebSocketServerBuilder;
import dev.priz.protocol.Limits;
import dev.priz.protocol.Message;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Our server under the suite's fuzzing client, in both styles. */
@Timeout(300)
class AutobahnServerTest {
  private static final Duration DEADLINE = Duration.ofSeconds(270);

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
  private static WebSocketServerBuilder server() {
    return WebSocketServer.at("127.0.0.1:0")
        .limits(Limits.DEFAULT.maxMessageBytes(16 << 20).maxFragments(70_000));
  }

  private static Report run(String agent, WebSocketServerBuilder builder, Cases cases)
      throws InterruptedException {
    try (WebSocketServer server = builder.start()) {
      return FuzzingClient.run(agent, URI.create(server.address()), cases, DEADLINE);
    }
  }
}
