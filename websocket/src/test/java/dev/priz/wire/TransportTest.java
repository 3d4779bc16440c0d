package dev.priz.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.priz.Transport;
import dev.priz.WebSocket;
import dev.priz.WebSocketClient;
import dev.priz.WebSocketServer;
import dev.priz.netty.Loops;
import java.io.File;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The choice among the operating system's ways to do I/O. */
class TransportTest {

  @ParameterizedTest
  @MethodSource("dev.priz.wire.Transports#working")
  void eachOneThatWorksCarriesMessages(Transport transport) {
    try (var server =
            WebSocketServer.at("127.0.0.1:0")
                .transport(transport)
                .callbacks("/", ws -> ws.onText(ws::send))
                .start();
        var client = WebSocketClient.builder().transport(transport).build();
        WebSocket ws = client.connect(server.address())) {
      ws.send("hello");

      assertThat(ws.receive().text()).isEqualTo("hello");
      assertThat(server.transport()).isEqualTo(transport);
    }
  }

  @Test
  void autoTakesTheFirstThatWorks() {
    try (var server = WebSocketServer.at("127.0.0.1:0").transport(Transport.AUTO).start()) {
      assertThat(server.transport()).isEqualTo(Transports.working().getFirst());
    }
  }

  static Stream<Transport> notWorking() {
    List<Transport> working = Transports.working();
    return Arrays.stream(Transport.values())
        .filter(transport -> transport != Transport.AUTO && !working.contains(transport));
  }

  @ParameterizedTest
  @MethodSource("notWorking")
  void oneThatDoesNotWorkIsRefusedWithTheReason(Transport transport) {
    Throwable obstacle = Loops.Kind.valueOf(transport.name()).obstacle();

    assertThat(obstacle).isNotNull();
    assertThatThrownBy(() -> WebSocketServer.at("127.0.0.1:0").transport(transport).start().close())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageMatching("transport " + transport + " does not work here: \\S.*");
    assertThatThrownBy(() -> WebSocketClient.builder().transport(transport).build().close())
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void withoutNativeOnesAutoTakesNioAndSaysSoInOneLine() throws Exception {
    String log = runWithoutNatives("auto");

    assertThat(log.lines()).containsExactly("INFO server uses nio with 1 event loop(s)", "nio");
  }

  @Test
  void withoutNativeOnesAskingForOneNamesTheReason() throws Exception {
    String log = runWithoutNatives("epoll");

    assertThat(log)
        .startsWith("transport epoll does not work here: ")
        .contains("io.netty.transport.noNative=true");
  }

  // In a JVM of its own, because the natives are looked for once.
  private static String runWithoutNatives(String transport) throws Exception {
    Process process =
        new ProcessBuilder(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                "-Dio.netty.transport.noNative=true",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=info",
                "-Dorg.slf4j.simpleLogger.showThreadName=false",
                "-Dorg.slf4j.simpleLogger.showShortLogName=false",
                "-Dorg.slf4j.simpleLogger.showLogName=false",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Server.class.getName(),
                transport)
            .redirectErrorStream(true)
            .start();
    try {
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      return output;
    } finally {
      process.destroyForcibly();
    }
  }

  /** A program that starts a server and tells its transport. */
  static final class Server {
    private Server() {}

    public static void main(String[] args) {
      try (var server =
          WebSocketServer.at("127.0.0.1:0").threads(1).transport(Transport.of(args[0])).start()) {
        System.out.println(server.transport());
      } catch (IllegalStateException refused) {
        System.out.println(refused.getMessage());
      }
    }
  }
}
