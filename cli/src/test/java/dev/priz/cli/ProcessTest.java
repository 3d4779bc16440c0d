package dev.priz.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.WebSocket;
import dev.priz.WebSocketServer;
import dev.priz.protocol.Close;
import dev.priz.protocol.CloseCode;
import dev.priz.protocol.Closed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command as a process of its own: its first line, signals, exit statuses. */
class ProcessTest {
  private static final long DEADLINE_SECONDS = 30;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void echoTellsItsClientsThatItGoesAway(String signal, int status) throws Exception {
    Process echo = start("echo", "-v");
    String line = requireNonNull(echo.inputReader(UTF_8).readLine(), "no line of output");
    assertThat(line).matches("listening on ws://127\\.0\\.0\\.1:\\d+");

    try (var ws = WebSocket.connect(line.substring("listening on ".length()))) {
      kill(signal, echo);

      assertThat(ws.run().received()).extracting(Close::code).isEqualTo(CloseCode.GOING_AWAY);
    }
    assertThat(statusOf(echo)).isEqualTo(status);
    assertThat(errors()).startsWith("INFO server uses ").hasLineCount(1);
  }

  @Test
  void connectTellsItsServerThatItGoesAway() throws Exception {
    var end = new CompletableFuture<Closed>();
    try (var server =
        WebSocketServer.at("127.0.0.1:0")
            .callbacks("/", ws -> ws.onClose(end::complete).send("hi"))
            .start()) {
      Process connect = start("connect", server.address());
      assertThat(connect.inputReader(UTF_8).readLine()).isEqualTo("hi");

      kill("INT", connect);

      assertThat(end.get(DEADLINE_SECONDS, TimeUnit.SECONDS).code())
          .isEqualTo(CloseCode.GOING_AWAY);
      assertThat(statusOf(connect)).isEqualTo(130);
      assertThat(errors()).isEmpty();
    }
  }

  @Test
  void connectIsAFilter() throws Exception {
    try (var server =
        WebSocketServer.at("127.0.0.1:0").callbacks("/", ws -> ws.onText(ws::send)).start()) {
      Process connect = start("connect", server.address(), "--count", "1");
      try (var keyboard = connect.outputWriter(UTF_8)) {
        keyboard.write("çığ\n");
      }

      assertThat(connect.inputReader(UTF_8).lines()).containsExactly("çığ");
      assertThat(statusOf(connect)).isZero();
      assertThat(errors()).isEmpty();
    }
  }

  @Test
  void benchTellsAtSignalWhatItHasMeasured() throws Exception {
    try (var server =
        WebSocketServer.at("127.0.0.1:0").callbacks("/", ws -> ws.onBinary(ws::send)).start()) {
      Process bench = start("bench", server.address(), "-d=1h", "--warm-up=0s", "--csv=-");
      assertThat(bench.inputReader(UTF_8).readLine()).startsWith("second,");
      assertThat(bench.inputReader(UTF_8).readLine()).startsWith("1.");

      kill("INT", bench);

      assertThat(statusOf(bench)).isEqualTo(130);
      assertThat(bench.inputReader(UTF_8).lines()).last().asString().startsWith("100.000000,");
      assertThat(errors()).contains(" s of 3600.0 s, after ", "wrong answers", "p99.9");
    }
  }

  @Test
  void benchEndsAtSignalDuringItsWarmUp() throws Exception {
    var end = new CompletableFuture<Closed>();
    var received = new CompletableFuture<Boolean>();
    try (var server =
        WebSocketServer.at("127.0.0.1:0")
            .callbacks(
                "/", ws -> ws.onClose(end::complete).onBinary(data -> received.complete(true)))
            .start()) {
      Process bench = start("bench", server.address(), "--warm-up=1h");
      assertThat(received.get(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();

      kill("INT", bench);

      assertThat(statusOf(bench)).isEqualTo(130);
      assertThat(end.get(DEADLINE_SECONDS, TimeUnit.SECONDS).code())
          .isEqualTo(CloseCode.GOING_AWAY);
      assertThat(bench.inputReader(UTF_8).lines())
          .last()
          .asString()
          .contains("nothing was measured");
      assertThat(errors()).isEmpty();
    }
  }

  @Test
  void wrongUsageIsStatusTwo() throws Exception {
    Process process = start("echo", "--port", "70000");

    assertThat(statusOf(process)).isEqualTo(2);
    assertThat(errors()).hasLineCount(1);
  }

  private Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    // Where these tests run in the background of a script, SIGINT is ignored, and that is
    // inherited.
    if (Files.exists(Path.of("/proc/self"))) {
      command.addAll(List.of("env", "--default-signal=INT"));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (Runtime.version().feature() >= 23) command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(folder.resolve("err").toFile()).start();
  }

  private static void kill(String signal, Process process) throws Exception {
    Process kill = new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid())).start();
    assertThat(statusOf(kill)).isZero();
  }

  private static int statusOf(Process process) throws InterruptedException {
    assertThat(process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private String errors() throws IOException {
    return Files.readString(folder.resolve("err"));
  }
}
