package dev.priz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.priz.protocol.Text;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The subprotocol that both ends agree on. */
final class SubprotocolTest {
  private WebSocketServer server;

  @BeforeEach
  void start() {
    server =
        WebSocketServer.at("127.0.0.1:0")
            .subprotocols("chat.v2", "chat.v1")
            .route("/", ws -> ws.send("speaks " + ws.subprotocol()))
            .start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void isTheServersFavouriteAmongThoseOffered() {
    try (var client = WebSocketClient.builder().subprotocols("chat.v1", "chat.v2").build();
        var ws = client.connect(server.address())) {
      assertThat(ws.subprotocol()).isEqualTo("chat.v2");
      assertThat(ws.receive()).isEqualTo(new Text("speaks chat.v2"));
    }
  }

  @Test
  void isNoneWhereNoneIsShared() {
    try (var client = WebSocketClient.builder().subprotocols("mqtt").build();
        var ws = client.connect(server.address())) {
      assertThat(ws.subprotocol()).isNull();
      assertThat(ws.receive()).isEqualTo(new Text("speaks null"));
    }
  }

  @Test
  void isNoneWhereNoneIsOffered() {
    try (var ws = WebSocket.connect(server.address())) {
      assertThat(ws.subprotocol()).isNull();
    }
  }

  @Test
  void isTheHooksChoiceWhereItMakesOne() {
    try (var choosing =
            WebSocketServer.at("127.0.0.1:0")
                .subprotocols("a", "b")
                .handshake(
                    question -> Decision.accept().subprotocol(question.subprotocols().get(1)))
                .route("/", ws -> ws.send("speaks " + ws.subprotocol()))
                .start();
        var client = WebSocketClient.builder().subprotocols("a", "b").build();
        var ws = client.connect(choosing.address())) {
      assertThat(ws.subprotocol()).isEqualTo("b");
      assertThat(ws.receive()).isEqualTo(new Text("speaks b"));
    }
  }

  @Test
  void mustBeDistinctTokensWhenTheClientIsBuilt() {
    assertThatThrownBy(() -> WebSocketClient.builder().subprotocols("two words").build())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> WebSocketClient.builder().subprotocols("a", "a").build())
        .isInstanceOf(IllegalArgumentException.class);
  }
}
