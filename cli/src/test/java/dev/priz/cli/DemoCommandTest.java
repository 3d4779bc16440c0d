package dev.priz.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import org.junit.jupiter.api.Test;

class DemoCommandTest {
  @Test
  void servesThePageThatItSaysToOpen() throws Exception {
    try (var demo = RunningCommand.start("demo", "--port", "0")) {
      String line = demo.nextLine();
      assertThat(line).matches("open http://127\\.0\\.0\\.1:\\d+/");

      try (InputStream page = URI.create(line.substring("open ".length())).toURL().openStream()) {
        assertThat(page.readAllBytes()).asString(UTF_8).contains("/chat", "/dashboard");
      }
    }
  }

  @Test
  void listsTheDemos() throws Exception {
    try (var demo = RunningCommand.start("demo", "--port", "0")) {
      demo.nextLine();

      assertThat(demo.nextLine()).contains("/chat");
      assertThat(demo.nextLine()).contains("/notifications");
      assertThat(demo.nextLine()).contains("/game");
      assertThat(demo.nextLine()).contains("/prices");
      assertThat(demo.nextLine()).contains("/iot");
      assertThat(demo.nextLine()).contains("/editor");
      assertThat(demo.nextLine()).contains("/dashboard");
    }
  }

  @Test
  void failsInOneLineWhereThePortIsTaken() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(taken.getLocalPort());

      Outcome outcome = Outcome.of("demo", "--port", port);

      assertThat(outcome.err()).contains(port, "--port").hasLineCount(1);
      assertThat(outcome.status()).isEqualTo(1);
    }
  }
}
