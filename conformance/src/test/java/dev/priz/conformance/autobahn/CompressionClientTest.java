package dev.priz.conformance.autobahn;

import static java.util.concurrent.TimeUnit.HOURS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.Transport;
import dev.priz.WebSocket;
import dev.priz.WebSocketClient;
import dev.priz.WebSocketClientBuilder;
import dev.priz.protocol.Message;
import java.util.function.Consumer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our client against the suite's fuzzing server, both of them with compression. */
@Timeout(value = 1, unit = HOURS) // each run has a deadline of its own
class CompressionClientTest {
  @ParameterizedTest
  @MethodSource("dev.priz.conformance.autobahn.Compression#runs")
  void echoesByCallbacks(Compression compression) throws Exception {
    Report report =
        run(
            "callbacks",
            WebSocketClient.builder(),
            compression,
            ws -> {
              ws.onText(ws::send).onBinary(ws::send);
              ws.run();
            });

    assertThat(report.problems(compression.cases())).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("dev.priz.conformance.autobahn.Transports#ofThisSystem")
  void echoesInALoop(Transport transport) throws Exception {
    Transports.assumeWorks(transport);

    Report report =
        run(
            "loop-" + transport,
            WebSocketClient.builder().transport(transport),
            Compression.DEDICATED,
            ws -> {
              for (Message message : ws) ws.send(message);
              ws.close();
            });

    assertThat(report.problems(Compression.DEDICATED.cases())).isEmpty();
  }

  private static Report run(
      String style,
      WebSocketClientBuilder builder,
      Compression compression,
      Consumer<WebSocket> echo)
      throws InterruptedException {
    String agent = "priz-client-" + style + "-" + compression;
    try (FuzzingServer suite = FuzzingServer.start(agent, compression.cases());
        WebSocketClient client = builder.deflate(compression.options()).build()) {
      return suite.run(url -> echo.accept(client.connect(url.toString())), compression.deadline());
    }
  }
}
