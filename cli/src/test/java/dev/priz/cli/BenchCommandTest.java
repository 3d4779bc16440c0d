package dev.priz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchCommandTest {

  private final LoadServer server = new LoadServer();

  @TempDir private Path folder;

  @AfterEach
  void stopServer() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--binary", "--text"})
  void sendsAtItsRateAndGetsAnswers(String kind) {
    Measured outcome =
        bench("/echo", kind, "--rate=500", "--duration=1s", "--connections=7", "--threads=2");

    assertThat(outcome.status()).isZero();
    assertThat(outcome.err()).isEmpty();
    // What is sent right at its two ends may count on the other side of them.
    assertThat(outcome.count("sent")).isBetween(450L, 510L);
    assertThat(outcome.latencies()).isBetween(499L, 501L);
    assertThat(outcome.count("wrong answers")).isZero();
    assertThat(outcome.count("connections opened")).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "3", "20", "64K", "512K"})
  void takesAnySize(String size) {
    Measured outcome = bench("/echo", "--size=" + size, "--rate=20", "--pipeline=3");

    assertThat(outcome.status()).isZero();
    assertThat(outcome.latencies()).isEqualTo(10);
    assertThat(outcome.count("wrong answers")).isZero();
  }

  @Test
  void sendsAtEachAnswerInClosedLoop() {
    Measured outcome = bench("/echo", "--rate=max", "--connections=2", "--pipeline=4");

    assertThat(outcome.status()).isZero();
    assertThat(outcome.out()).contains("closed loop, the next message at each answer");
    assertThat(outcome.count("received")).isGreaterThan(100);
    assertThat(outcome.count("unanswered")).isZero();
  }

  @Test
  void countsLatencyFromWhenAMessageWasDue() throws Exception {
    Path file = folder.resolve("load.csv");

    bench("/stall", "--rate=1000", "--duration=1s", "--connections=10", "--csv=" + file);

    // Of the ten connections ten messages meet the stall; of the schedule, three hundred in a
    // thousand.
    assertThat(percentileMicros(file, 90)).isGreaterThan(100_000);
    assertThat(percentileMicros(file, 100)).isGreaterThan(290_000);
  }

  @Test
  void waitsForLateAnswers() throws Exception {
    Path file = folder.resolve("load.csv");

    Measured outcome = bench("/late", "--rate=20", "--connections=20", "--csv=" + file);

    assertThat(outcome.latencies()).isEqualTo(10);
    assertThat(percentileMicros(file, 50)).isGreaterThan(190_000);
    assertThat(outcome.count("unanswered")).isZero();
  }

  @Test
  void countsWhatIsNeverAnsweredWithItsWait() {
    Measured outcome = bench("/silent", "--rate=100", "--connections=2");

    assertThat(outcome.count("unanswered")).isEqualTo(50);
    assertThat(outcome.latencies()).isEqualTo(50);
    assertThat(outcome.out()).contains("the truth is more");
    assertThat(outcome.err()).startsWith("priz bench: no message was answered;").hasLineCount(1);
    assertThat(outcome.status()).isEqualTo(1);
  }

  @Test
  void countsWrongAnswers() {
    Measured outcome = bench("/reversed", "--text", "--rate=200", "--connections=2");

    assertThat(outcome.count("wrong answers")).isBetween(9L, 10L);
    assertThat(outcome.latencies()).isBetween(90L, 91L);
    assertThat(outcome.status()).isZero();
  }

  @Test
  void failsIfAllAnswersAreWrong() {
    Measured outcome = bench("/other", "--text", "--rate=100");

    assertThat(outcome.count("wrong answers")).isPositive();
    assertThat(outcome.err()).contains("no message was answered").hasLineCount(1);
    assertThat(outcome.status()).isEqualTo(1);
  }

  @Test
  void failsInOneLineIfAllConnectionsAreLost() {
    Measured outcome = bench("/fail", "--rate=100", "--connections=3");

    assertThat(outcome)
        .isEqualTo(
            new Measured(
                1,
                "",
                "priz bench: all 3 connections were lost; the first: the server closed the connection with 1011 \"oops\"\n"));
  }

  @Test
  void goesOnWithTheConnectionsThatAreLeft() {
    Measured outcome = bench("/lose", "--rate=100", "--connections=5");

    assertThat(outcome.count("connections lost")).isEqualTo(1);
    assertThat(outcome.count("lost with a connection")).isBetween(9L, 10L);
    assertThat(outcome.out()).contains("1  the server closed the connection with 1001 \"enough\"");
    assertThat(outcome.latencies()).isEqualTo(40);
    assertThat(outcome.status()).isZero();
  }

  @Test
  void goesOnWithoutTheConnectionsThatAreRefused() {
    Measured outcome = bench("/two", "--rate=100", "--connections=5");

    assertThat(outcome.count("connections opened")).isEqualTo(2);
    assertThat(outcome.count("connections refused")).isEqualTo(3);
    assertThat(outcome.out()).contains("the server answered 503: two are enough");
    assertThat(outcome.latencies()).isEqualTo(50);
    assertThat(outcome.status()).isZero();
  }

  @Test
  void failsInOneLineWhereNobodyListens() throws Exception {
    int port;
    try (var socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }

    Outcome outcome = Outcome.of("bench", "ws://127.0.0.1:" + port);

    assertThat(outcome.err()).startsWith("priz bench: cannot connect to ").hasLineCount(1);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.status()).isEqualTo(1);
  }

  @Test
  void sendsHeadersAndSubprotocols() {
    Measured outcome = bench("/token", "-H", "X-Token: 42", "--subprotocol=load");

    assertThat(outcome.status()).isZero();
  }

  @Test
  void writesRowsAndPercentiles() throws Exception {
    Path file = folder.resolve("load.csv");

    Measured outcome = bench("/echo", "--rate=200", "--duration=1500ms", "--csv=" + file);

    List<String> rows = rows(file);
    assertThat(rows.get(0)).startsWith("second,sent,received,bytes_received,wrong,");
    assertThat(rows.get(1)).matches("1\\.\\d{3},\\d+,\\d+,\\d+,0,0,0,\\d+(,\\d+\\.\\d){5}");
    assertThat(rows.get(2)).startsWith("1.5");
    assertThat(rows).contains("", "percentile,latency_us,messages_up_to");
    assertThat(rows.getLast()).startsWith("100.000000,").endsWith(",300");
    assertThat(outcome.out()).contains("messages of 20 bytes");
  }

  @Test
  void leavesStandardOutputToRows() {
    Measured outcome = bench("/echo", "--csv=-");

    assertThat(outcome.out()).startsWith("second,sent,").contains("\n100.000000,");
    assertThat(outcome.err()).contains("open loop, 1,000 messages/s in all");
  }

  @Test
  void refusesFileThatCannotBeWritten() {
    Measured outcome = bench("/echo", "--csv=" + folder.resolve("no/such/folder.csv"));

    assertThat(outcome.err())
        .startsWith("priz bench: cannot write --csv ")
        .contains("; choose another file; see")
        .hasLineCount(1);
    assertThat(outcome.status()).isEqualTo(2);
  }

  private Measured bench(String path, String... options) {
    return Measured.of(server.at(path), options);
  }

  private static double percentileMicros(Path file, double percentile) throws IOException {
    List<String> rows = rows(file);
    return rows.subList(rows.indexOf("") + 2, rows.size()).stream()
        .map(row -> row.split(",", -1))
        .filter(row -> Double.parseDouble(row[0]) >= percentile)
        .mapToDouble(row -> Double.parseDouble(row[1]))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> rows(Path file) throws IOException {
    return Files.readAllLines(file);
  }
}
