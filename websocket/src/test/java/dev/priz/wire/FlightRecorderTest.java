package dev.priz.wire;

import static dev.priz.wire.Wire.request;
import static dev.priz.wire.Wire.wire;
import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.WebSocketServer;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the JDK's Flight Recorder records of connections. */
class FlightRecorderTest {
  @Test
  void recordsWhatBecomesOfConnections(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("priz.jfr");
    try (var recording = new Recording()) {
      recording.start();
      converse();
      recording.stop();
      recording.dump(file);
    }

    List<RecordedEvent> events = RecordingFile.readAllEvents(file);

    RecordedEvent closed = only(events, "dev.priz.ConnectionClosed");
    assertThat(closed.getString("cause")).isEqualTo("VIOLATION");
    assertThat(closed.getString("violation")).isEqualTo("RESERVED_OPCODE");
    assertThat(closed.getInt("code")).isEqualTo(1002);
    assertThat(closed.getString("path")).isEqualTo("/");
    assertThat(closed.getStackTrace()).isNull();
    assertThat(closed.getDuration("lasted")).isPositive();
    assertThat(only(events, "dev.priz.ConnectionOpened").getString("peer"))
        .startsWith("/127.0.0.1:");
    assertThat(only(events, "dev.priz.HandshakeRefused").getInt("status")).isEqualTo(404);
    assertThat(events.toString()).doesNotContain("secret");
  }

  private static void converse() throws Exception {
    try (var server =
        WebSocketServer.at("127.0.0.1:0").callbacks("/", ws -> ws.onText(ws::send)).start()) {
      try (var peer = RawSocket.open(server, "/?token=secret")) {
        peer.send(wire("83 80 00 00 00 00")).readToEnd();
      }
      try (var peer = RawSocket.to(server.port())) {
        peer.send(request("/nobody?token=secret")).readToEnd();
      }
    }
  }

  private static RecordedEvent only(List<RecordedEvent> events, String type) {
    List<RecordedEvent> found =
        events.stream().filter(event -> event.getEventType().getName().equals(type)).toList();
    assertThat(found).as(type).hasSize(1);
    return found.getFirst();
  }
}
