package dev.priz.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.WebSocket;
import dev.priz.WebSocketServer;
import dev.priz.protocol.Binary;
import dev.priz.protocol.Text;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadTest {
  private static final int CONNECTION = 7;
  private static final long INDEX = 12_345;

  private WebSocketServer server;
  private WebSocket ws;

  @BeforeEach
  void connect() {
    server =
        WebSocketServer.at("127.0.0.1:0")
            .callbacks("/", echo -> echo.onText(echo::send).onBinary(echo::send))
            .start();
    ws = WebSocket.connect(server.address());
  }

  @AfterEach
  void close() {
    ws.close();
    server.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 9, 10, 11, 15, 16, 17, 20, 1_000})
  void textHasItsSizeAndIsKnownAgain(int sizeBytes) {
    var payload = new TextPayload(sizeBytes);

    payload.send(ws, CONNECTION, INDEX);

    String text = ((Text) ws.receive()).text();
    assertThat(text.getBytes(UTF_8)).hasSize(sizeBytes);
    assertThat(payload.isAnswer(text, CONNECTION, INDEX)).isTrue();
    assertThat(payload.isAnswer(text, CONNECTION, INDEX + 1)).isFalse();
    assertThat(payload.isAnswer(text + "x", CONNECTION, INDEX)).isFalse();
    assertThat(payload.isAnswer(text.getBytes(UTF_8), CONNECTION, INDEX)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 8, 9, 12, 13, 20, 1_000})
  void binaryHasItsSizeAndIsKnownAgain(int sizeBytes) {
    var payload = new BinaryPayload(sizeBytes);

    payload.send(ws, CONNECTION, INDEX);

    byte[] data = ((Binary) ws.receive()).data();
    assertThat(data).hasSize(sizeBytes);
    assertThat(payload.isAnswer(data, CONNECTION, INDEX)).isTrue();
    assertThat(payload.isAnswer(data, CONNECTION, INDEX + 1)).isFalse();
    assertThat(payload.isAnswer("x".repeat(sizeBytes), CONNECTION, INDEX)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 1_000})
  void answersOfOtherConnectionsAreWrong(int sizeBytes) {
    var text = new TextPayload(sizeBytes);
    var binary = new BinaryPayload(sizeBytes);

    text.send(ws, CONNECTION, INDEX);
    binary.send(ws, CONNECTION, INDEX);

    assertThat(text.isAnswer(((Text) ws.receive()).text(), CONNECTION + 1, INDEX)).isFalse();
    assertThat(binary.isAnswer(((Binary) ws.receive()).data(), CONNECTION + 1, INDEX)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 9, 19})
  void damageIsWrong(int at) {
    var payload = new BinaryPayload(20);
    payload.send(ws, CONNECTION, INDEX);
    byte[] data = ((Binary) ws.receive()).data();

    data[at] ^= 1;

    assertThat(payload.isAnswer(data, CONNECTION, INDEX)).isFalse();
  }
}
