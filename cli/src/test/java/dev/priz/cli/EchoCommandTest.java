package dev.priz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.WebSocket;
import dev.priz.WebSocketClient;
import dev.priz.protocol.Binary;
import dev.priz.protocol.Close;
import dev.priz.protocol.CloseCode;
import dev.priz.protocol.Limits;
import dev.priz.protocol.Text;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EchoCommandTest {
  @Test
  void announcesItsAddressInTheFirstLine() throws Exception {
    try (var echo = RunningCommand.start("echo")) {
      assertThat(echo.nextLine()).matches("listening on ws://127\\.0\\.0\\.1:[1-9]\\d*");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"callback", "loop"})
  void sendsTextBack(String style) throws Exception {
    try (var echo = RunningCommand.start("echo", "--style", style);
        var ws = WebSocket.connect(address(echo))) {
      ws.send("çığ");

      assertThat(ws.receive()).isEqualTo(new Text("çığ"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"callback", "loop"})
  void sendsBinaryBackOnAnyPath(String style) throws Exception {
    try (var echo = RunningCommand.start("echo", "--style", style, "--threads", "1");
        var ws = WebSocket.connect(address(echo) + "/some/where?x=y")) {
      ws.send(new byte[] {1, 2, 3});

      assertThat(ws.receive()).isEqualTo(new Binary(new byte[] {1, 2, 3}));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"callback", "loop"})
  void sendsLongMessagesBackInOrder(String style) throws Exception {
    var limits = Limits.DEFAULT.maxMessageBytes(8 << 20);
    try (var echo = RunningCommand.start("echo", "--style", style);
        var client = WebSocketClient.builder().limits(limits).build();
        var ws = client.connect(address(echo))) {
      // Who sends so much must receive meanwhile.
      Thread.ofVirtual()
          .start(() -> {
            ws.send(new byte[4 << 20]);
            ws.send("a short one right behind");
            ws.send(new byte[5 << 20]);
          });

      assertThat(ws.receive()).isEqualTo(new Binary(new byte[4 << 20]));
      assertThat(ws.receive()).isEqualTo(new Text("a short one right behind"));
      assertThat(ws.receive()).isEqualTo(new Binary(new byte[5 << 20]));
    }
  }

  @ParameterizedTest
  @CsvSource({"shared, true", "dedicated, true", "off, false"})
  void compressesAsIsSaid(String mode, boolean compressed) throws Exception {
    try (var echo = RunningCommand.start("echo", "--deflate", mode);
        var ws = WebSocket.connect(address(echo))) {
      ws.send("a".repeat(1_000));

      assertThat(ws.receive()).isEqualTo(new Text("a".repeat(1_000)));
      assertThat(ws.isCompressed()).isEqualTo(compressed);
    }
  }

  @Test
  void refusesAnUnknownCompression() {
    Outcome outcome = Outcome.of("echo", "--deflate", "best");

    assertThat(outcome.err())
        .contains("'best' is no kind of compression, known are shared, dedicated and off");
    assertThat(outcome.status()).isEqualTo(2);
  }

  @Test
  void takesPagesOfAnyOrigin() throws Exception {
    try (var echo = RunningCommand.start("echo");
        var client = WebSocketClient.builder().header("Origin", "https://example.com").build();
        var ws = client.connect(address(echo))) {
      assertThat(ws.isOpen()).isTrue();
    }
  }

  @Test
  void refusesMessagesBeyondItsLimit() throws Exception {
    try (var echo = RunningCommand.start("echo", "--max-message", "1K");
        var ws = WebSocket.connect(address(echo))) {
      ws.send(new byte[1_025]);

      assertThat(ws.run().code()).isEqualTo(CloseCode.MESSAGE_TOO_BIG);
    }
  }

  @Test
  void tellsClientsThatItGoesAway() throws Exception {
    try (var echo = RunningCommand.start("echo");
        var ws = WebSocket.connect(address(echo)).onText(ignored -> {})) {
      echo.stop();

      assertThat(ws.run().received()).extracting(Close::code).isEqualTo(CloseCode.GOING_AWAY);
    }
  }

  @Test
  void failsInOneLineWhereThePortIsTaken() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(taken.getLocalPort());

      Outcome outcome = Outcome.of("echo", "--port", port);

      assertThat(outcome.err())
          .startsWith("priz echo: cannot listen on 127.0.0.1:" + port + ": ")
          .endsWith("; choose another --port or --host\n")
          .hasLineCount(1);
      assertThat(outcome.status()).isEqualTo(1);
    }
  }

  @Test
  void failsInOneLineWhereTheHostIsUnknown() {
    Outcome outcome = Outcome.of("echo", "--host", "no.such.host.invalid");

    assertThat(outcome.err()).contains("unknown host").hasLineCount(1);
    assertThat(outcome.status()).isEqualTo(1);
  }

  private static String address(RunningCommand echo) throws Exception {
    return echo.nextLine().substring("listening on ".length());
  }
}
