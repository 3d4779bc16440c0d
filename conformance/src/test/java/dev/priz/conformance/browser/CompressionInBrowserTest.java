package dev.priz.conformance.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.WebSocketServer;
import dev.priz.protocol.DeflateOptions;
import dev.priz.protocol.Response;
import java.io.IOException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** A browser compresses with Priz, both ways. */
final class CompressionInBrowserTest {
  static final DeflateOptions[] CHOICES = {
    DeflateOptions.SHARED,
    DeflateOptions.DEDICATED,
    DeflateOptions.DEDICATED.send(true, 8).receive(true, 9).thresholdBytes(0)
  };

  // Sends texts and bytes of many lengths, each of which the server sends back.
  private static final String SCRIPT =
      """
      window.wrong = 0;
      window.right = 0;
      window.agreed = '';
      const sent = [];
      const ws = new WebSocket('ADDRESS');
      ws.binaryType = 'arraybuffer';
      ws.onopen = () => {
        window.agreed = ws.extensions;
        for (let i = 0; i < 60; i++) {
          const text = 'çok güzel, 🌍 '.repeat(i * i) + i;
          const bytes = new Uint8Array(i * 997).map((_, at) => at * i >> 3);
          sent.push(text, bytes.join());
          ws.send(text);
          ws.send(bytes);
        }
      };
      ws.onmessage = event => {
        const data = typeof event.data === 'string' ? event.data : new Uint8Array(event.data).join();
        if (data === sent.shift()) window.right++; else window.wrong++;
        document.body.textContent = window.right;
      };
      ws.onclose = () => document.body.textContent = window.wrong++;
      true;
      """;

  @AutoClose private static Chromium chromium;

  @BeforeAll
  static void startBrowser() throws IOException {
    chromium = Chromium.start();
  }

  @ParameterizedTest
  @FieldSource("CHOICES")
  void echoesWhatTheBrowserCompresses(DeflateOptions choice) {
    try (WebSocketServer server =
            WebSocketServer.at("127.0.0.1:0")
                .deflate(choice)
                .http((request, body) -> Response.text(200, "a page"))
                .callbacks("/echo", ws -> ws.onText(ws::send).onBinary(ws::send))
                .start();
        Page page = chromium.open(server, "/")) {
      page.evaluate(SCRIPT.replace("ADDRESS", server.address() + "/echo"));

      page.until("right === 120 || wrong > 0");
      assertThat(page.evaluate("wrong").asInt()).isZero();
      assertThat(page.evaluate("agreed").asString()).startsWith("permessage-deflate");
    }
  }
}
