package dev.priz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.protocol.Closed;
import dev.priz.protocol.Text;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples in the Javadoc do what they show. */
final class ExamplesTest {
  @Test
  void printsWhatTheClientReceives() throws InterruptedException {
    PrintStream console = System.out;
    var printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, UTF_8));
    try (var server = WebSocketServer.listen("127.0.0.1:0")) {
      var client = Threads.call(() -> ClientExample.callbacks(server.address()));
      WebSocket ws = server.accept();
      ws.send(ws.receive());
      ws.closeAsync(4000, "bye");

      Closed how = Soon.value(client);

      assertThat(printed.toString(UTF_8).lines())
          .containsExactly("connected", "received hello", "closed with " + how);
    } finally {
      System.setOut(console);
    }
  }

  @Test
  void sendsTheHeaderOfTheClientsSettings() throws InterruptedException {
    try (var server = WebSocketServer.listen("127.0.0.1:0")) {
      var client = Threads.call(() -> ClientExample.settings(server.address(), "secret"));
      WebSocket ws = server.accept();
      String authorization = ws.request().headers().first("Authorization");
      ws.receive();
      ws.send("hello " + authorization);
      Threads.run(ws::receive);

      assertThat(Soon.value(client)).isEqualTo("hello Bearer secret");
    }
  }

  @Test
  void echoesInALoop() {
    try (var server = ServerExample.loop("127.0.0.1:0")) {
      assertEchoes(server.address() + "/echo");
    }
  }

  @Test
  void echoesWithCallbacks() {
    try (var server = ServerExample.callbacks("127.0.0.1:0")) {
      assertEchoes(server.address() + "/echo");
    }
  }

  @Test
  void echoesToThoseItAccepts() throws InterruptedException {
    var server = WebSocketServer.listen("127.0.0.1:0");
    var accepting = Threads.run(() -> ServerExample.accept(server));

    assertEchoes(server.address());
    assertEchoes(server.address());

    server.close();
    Soon.value(accepting);
  }

  @Test
  void sendsLinesInFragmentsAndThroughAWriter() throws Exception {
    try (var ends = Ends.open()) {
      SendingExample.fragments(ends.client(), List.of("one", "two"));
      SendingExample.writer(ends.client(), List.of("three"));

      assertThat(ends.server().receive()).isEqualTo(new Text("one\ntwo\n"));
      assertThat(ends.server().receive()).isEqualTo(new Text("three\n"));
    }
  }

  @Test
  void writesMessagesToFiles(@TempDir Path folder) throws Exception {
    try (var ends = Ends.open()) {
      ends.client().send("first");
      ends.client().send(new byte[500_000]);
      ends.client().closeAsync(1000, "");

      int received = ReceivingExample.stream(ends.server(), folder);

      assertThat(received).isEqualTo(2);
      assertThat(folder.resolve("message-0")).hasContent("first");
      assertThat(Files.size(folder.resolve("message-1"))).isEqualTo(500_000);
    }
  }

  private static void assertEchoes(String address) {
    try (var ws = WebSocket.connect(address)) {
      ws.send("echo");

      assertThat(ws.receive()).isEqualTo(new Text("echo"));
    }
  }
}
