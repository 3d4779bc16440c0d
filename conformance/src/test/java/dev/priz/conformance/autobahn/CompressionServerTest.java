package dev.priz.conformance.autobahn;

import static java.util.concurrent.TimeUnit.HOURS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.Transport;
import dev.priz.WebSocketServer;
import dev.priz.WebSocketServerBuilder;
import dev.priz.protocol.Message;
import java.net.URI;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our server under the suite's fuzzing client, both of them with compression. */
@Timeout(value = 1, unit = HOURS) // each run has a deadline of its own
class CompressionServerTest {
  @ParameterizedTest
  @MethodSource("dev.priz.conformance.autobahn.Compression#runs")
  void echoesByCallbacks(Compression compression) throws Exception {
    var server = WebSocketServer.at("127.0.0.1:0");
    server.callbacks("/*", ws -> ws.onText(ws::send).onBinary(ws::send));

    Report report = run("callbacks", server, compression);

    assertThat(report.problems(compression.cases())).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("dev.priz.conformance.autobahn.Transports#ofThisSystem")
  void echoesInALoop(Transport transport) throws Exception {
    Transports.assumeWorks(transport);
    var server = WebSocketServer.at("127.0.0.1:0").transport(transport);
    server.route(
        "/*",
        ws -> {
          for (Message message : ws) ws.send(message);
        });

    Report report = run("loop-" + transport, server, Compression.DEDICATED);

    assertThat(report.problems(Compression.DEDICATED.cases())).isEmpty();
  }

  private static Report run(String style, WebSocketServerBuilder builder, Compression compression)
      throws InterruptedException {
    String agent = "priz-server-" + style + "-" + compression;
    try (WebSocketServer server = builder.deflate(compression.options()).start()) {
      URI address = URI.create(server.address());
      return FuzzingClient.run(agent, address, compression.cases(), compression.deadline());
    }
  }
}
