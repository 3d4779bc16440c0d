package dev.priz.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.Decision;
import dev.priz.WebSocketServer;
import dev.priz.protocol.CloseCode;
import dev.priz.protocol.Headers;
import dev.priz.protocol.Response;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.SequenceInputStream;
import java.net.ServerSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code priz connect} in a pipe. */
class ConnectCommandTest {
  private final CompletableFuture<Integer> closeCode = new CompletableFuture<>();
  private final WebSocketServer server =
      WebSocketServer.at("127.0.0.1:0")
          .subprotocols("chat.v2")
          .handshake(question ->
              switch (question.request().path()) {
                case "/refuse" -> Decision.refuse(403, "members only\nreally");
                case "/moved" -> Decision.refuse(moved());
                default -> Decision.accept();
              })
          .callbacks(
              "/echo",
              ws ->
                  ws.onText(ws::send)
                      .onBinary(ws::send)
                      .onClose(closed -> closeCode.complete(closed.code())))
          .callbacks("/token", ws -> ws.send("token " + ws.request().headers().first("X-Token")))
          .callbacks("/ping", ws -> ws.onText(text -> ws.sendPing(new byte[] {1, 2})))
          .callbacks("/abort", ws -> ws.onText(text -> ws.abort()))
          .callbacks("/fail", ws -> ws.closeAsync(CloseCode.INTERNAL_ERROR, "oops"))
          .callbacks(
              "/bye",
              ws -> {
                ws.send("last words");
                ws.closeAsync(CloseCode.NORMAL, "bye");
              })
          .callbacks("/*", ws -> {})
          .start();

  @AfterEach
  void stopServer() {
    server.close();
  }

  @Test
  void sendsLinesAndPrintsAnswers() {
    Outcome outcome = Outcome.withInput("a\nçığ\n", "connect", at("/echo"), "--wait", "100ms");

    assertThat(outcome).isEqualTo(new Outcome(0, "a\nçığ\n", ""));
  }

  @Test
  void compressesWithAndWithoutAValue() {
    String address = at("/echo");
    String[][] commands = {
      {"connect", "--deflate", address, "-v", "--count", "1"},
      {"connect", address, "-v", "--count", "1", "--deflate"},
      {"connect", "--deflate=dedicated", address, "-v", "--count", "1"},
      {"connect", "--deflate", "dedicated", address, "-v", "--count", "1"},
      {"connect", address, "-v", "--count", "1"}
    };
    for (String[] command : commands) {
      assertThat(Outcome.withInput("a\n", command).err()).contains(", compressed\n");
    }
    Outcome off = Outcome.withInput("a\n", "connect", "--deflate", "off", address, "-v");
    assertThat(off.out()).isEqualTo("a\n");
    assertThat(off.err()).doesNotContain("compressed");
  }

  @Test
  void sendsTheLastLineThoughItHasNoEnd() {
    Outcome outcome = Outcome.withInput("a\r\nb", "connect", at("/echo"), "--wait", "100ms");

    assertThat(outcome.out()).isEqualTo("a\nb\n");
  }

  @Test
  void closesWithNormalCode() throws Exception {
    Outcome.withInput("a\n", "connect", at("/echo"), "--wait", "0s");

    assertThat(closeCode.get(10, TimeUnit.SECONDS)).isEqualTo(CloseCode.NORMAL);
  }

  @Test
  void endsAfterCountedMessagesThoughInputGoesOn() throws Exception {
    try (var keyboard = new PipedOutputStream();
        InputStream input = new PipedInputStream(keyboard)) {
      keyboard.write("a\nb\nc\n".getBytes(UTF_8));

      Outcome outcome = Outcome.withInput(input, "connect", at("/echo"), "--count", "2");

      assertThat(outcome).isEqualTo(new Outcome(0, "a\nb\n", ""));
    }
  }

  @Test
  void takesAnInterruptedReadForNoFailure() {
    // Such as its own end makes of a read that waits.
    InputStream interrupted =
        new FilterInputStream(InputStream.nullInputStream()) {
          @Override
          public int read(byte[] into, int from, int length) throws InterruptedIOException {
            throw new InterruptedIOException();
          }
        };
    var input =
        new SequenceInputStream(new ByteArrayInputStream("a\n".getBytes(UTF_8)), interrupted);

    Outcome outcome = Outcome.withInput(input, "connect", at("/echo"), "--count", "1");

    assertThat(outcome).isEqualTo(new Outcome(0, "a\n", ""));
  }

  @Test
  void failsIfTheServerClosesBeforeTheCount() {
    Outcome outcome = Outcome.of("connect", at("/bye"), "--count", "2");

    assertThat(outcome.out()).isEqualTo("last words\n");
    assertThat(outcome.err())
        .isEqualTo(
            "priz connect: the server closed the connection with 1000 \"bye\" after 1 of 2 messages\n");
    assertThat(outcome.status()).isEqualTo(1);
  }

  @Test
  void succeedsIfTheServerClosesNormally() {
    assertThat(Outcome.of("connect", at("/bye"))).isEqualTo(new Outcome(0, "last words\n", ""));
  }

  @Test
  void failsIfTheServerClosesWithAnError() {
    Outcome outcome = Outcome.of("connect", at("/fail"));

    assertThat(outcome)
        .isEqualTo(
            new Outcome(
                1, "", "priz connect: the server closed the connection with 1011 \"oops\"\n"));
  }

  @Test
  void failsIfTheConnectionIsLost() {
    Outcome outcome = Outcome.withInput("a\n", "connect", at("/abort"));

    assertThat(outcome)
        .isEqualTo(new Outcome(1, "", "priz connect: the connection was lost (1006)\n"));
  }

  @Test
  void sendsHeadersAndSubprotocols() {
    Outcome outcome =
        Outcome.of(
            "connect",
            at("/token"),
            "-v",
            "--count",
            "1",
            "--header",
            "X-Token: 42",
            "--subprotocol",
            "chat.v3",
            "--subprotocol",
            "chat.v2");

    assertThat(outcome.out()).isEqualTo("token 42\n");
    assertThat(outcome.err())
        .contains("* connected to " + at("/token") + ", subprotocol chat.v2, compressed\n");
  }

  @Test
  void showsControlFramesAndCloseWhereAskedFor() {
    Outcome outcome =
        Outcome.withInput("a\n", "connect", at("/ping"), "--verbose", "--wait", "100ms");

    assertThat(outcome.err())
        .contains("* ping: 01 02\n")
        .endsWith("* the connection was closed with 1000\n");
  }

  @Test
  void showsBinaryMessagesInHex() {
    try (var binary =
        WebSocketServer.at("127.0.0.1:0")
            .callbacks("/", ws -> ws.send(new byte[] {0, 10, (byte) 0xff}))
            .start()) {
      Outcome outcome = Outcome.of("connect", binary.address(), "--count", "1");

      assertThat(outcome.out()).isEqualTo("binary, 3 bytes: 00 0a ff\n");
    }
  }

  @Test
  void passesBytesThroughInBinary() {
    Outcome outcome =
        Outcome.withInput("çığ\n", "connect", at("/echo"), "--binary", "--count", "1");

    assertThat(outcome.out()).isEqualTo("çığ");
  }

  @Test
  void refusesToSendWhatIsNotText() {
    var notUtf8 = new ByteArrayInputStream(new byte[] {'a', (byte) 0xff, '\n'});

    Outcome outcome = Outcome.withInput(notUtf8, "connect", at("/echo"));

    assertThat(outcome.err()).contains("is not UTF-8").hasLineCount(1);
    assertThat(outcome.status()).isEqualTo(1);
  }

  @Test
  void tellsWhatARefusingServerAnswers() {
    Outcome outcome = Outcome.of("connect", at("/refuse"));

    assertThat(outcome.err())
        .isEqualTo(
            "priz connect: cannot connect to "
                + at("/refuse")
                + ": the server answered 403: members only\n");
    assertThat(outcome.status()).isEqualTo(1);
  }

  @Test
  void tellsWhereARedirectLeads() {
    Outcome outcome = Outcome.of("connect", at("/moved"));

    assertThat(outcome.err()).endsWith("the server answered 302, see wss://example.com/\n");
  }

  @Test
  void failsInOneLineWhereNobodyListens() throws Exception {
    int port;
    try (var socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }

    Outcome outcome = Outcome.of("connect", "ws://127.0.0.1:" + port);

    assertThat(outcome.err()).startsWith("priz connect: cannot connect to ").hasLineCount(1);
    assertThat(outcome.status()).isEqualTo(1);
  }

  @Test
  void failsInOneLineWhereTheHostIsUnknown() {
    Outcome outcome = Outcome.of("connect", "ws://no.such.host.invalid/");

    assertThat(outcome.err()).contains("unknown host").hasLineCount(1);
    assertThat(outcome.status()).isEqualTo(1);
  }

  private String at(String path) {
    return server.address() + path;
  }

  private static Response moved() {
    return new Response(302, Headers.of("Location", "wss://example.com/"), new byte[0]);
  }
}
