package dev.priz.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.WebSocketServer;
import dev.priz.protocol.Response;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Early data could be sent again by anyone who has seen it (RFC 8446 §8), and an opening handshake
 * may do something. Asked by OpenSSL's own client.
 */
final class TlsEarlyDataTest extends TlsFixture {
  private static final String EARLY = "GET /early HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
  private static final String LATE = "GET /late HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

  @TempDir private Path files;
  private final Events requests = new Events();

  @Test
  @DisplayName("TL-13 session tickets allow no early data")
  void ticketsAllowNoEarlyData() throws Exception {
    try (var server = start()) {
      String seen = client(server, LATE, "-sess_out", file("session"));

      assertThat(seen).contains("Max Early Data: 0").doesNotContain("Max Early Data: 1");
      assertThat(requests.rest()).containsExactly("/late");
    }
  }

  @Test
  @DisplayName("TL-13 early data that is sent all the same is rejected")
  void earlyDataIsRejected() throws Exception {
    Files.writeString(files.resolve("early"), EARLY, ISO_8859_1);
    try (var server = start()) {
      client(server, LATE, "-sess_out", file("session"));
      claimEarlyData(files.resolve("session"));
      requests.rest();

      String seen = client(server, LATE, "-sess_in", file("session"), "-early_data", file("early"));

      assertThat(seen).contains("Early data was rejected");
      // What is sent after the handshake counts, or nothing where the handshake has failed.
      assertThat(requests.rest()).isSubsetOf("/late");
    }
  }

  private WebSocketServer start() {
    return WebSocketServer.at("127.0.0.1:0")
        .tls(localhost.pem().provider(provider))
        .http((request, body) -> {
          requests.add(request.path());
          return Response.text(200, "ok");
        })
        .start();
  }

  private String file(String name) {
    return files.resolve(name).toString();
  }

  private String client(WebSocketServer server, String request, String... more) throws Exception {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("openssl", "s_client", "-connect", "127.0.0.1:" + server.port()));
    command.addAll(List.of("-tls1_3", "-ign_eof"));
    command.addAll(List.of(more));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().write(request.getBytes(ISO_8859_1));
    process.getOutputStream().close();
    String seen = new String(process.getInputStream().readAllBytes(), ISO_8859_1);
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return seen;
  }

  // A session of OpenSSL is a SEQUENCE whose last fields are optional, each under a number of its
  // own; 15 is the most early data that the server has allowed.
  private static void claimEarlyData(Path session) throws Exception {
    List<String> lines = Files.readAllLines(session);
    String content = String.join("", lines.subList(1, lines.size() - 1));
    byte[] der = Base64.getDecoder().decode(content);
    var fields = new ByteArrayOutputStream();
    boolean claimed = false;
    for (int at = 1 + lengthBytes(der, 1); at < der.length; ) {
      int end = at + 1 + lengthBytes(der, at + 1) + length(der, at + 1);
      if (!claimed && (der[at] & 0xff) > 0xae) {
        fields.writeBytes(Wire.wire("af 04 02 02 40 00"));
        claimed = true;
      }
      fields.writeBytes(Arrays.copyOfRange(der, at, end));
      at = end;
    }
    if (!claimed) fields.writeBytes(Wire.wire("af 04 02 02 40 00"));
    byte[] head = {0x30, (byte) 0x82, (byte) (fields.size() >> 8), (byte) fields.size()};
    String changed =
        Base64.getMimeEncoder(64, "\n".getBytes(ISO_8859_1))
            .encodeToString(Wire.join(head, fields.toByteArray()));
    Files.writeString(session, lines.getFirst() + "\n" + changed + "\n" + lines.getLast() + "\n");
  }

  private static int lengthBytes(byte[] der, int at) {
    return der[at] >= 0 ? 1 : 1 + (der[at] & 0x7f);
  }

  private static int length(byte[] der, int at) {
    if (der[at] >= 0) return der[at];
    int length = 0;
    for (int i = 1; i < lengthBytes(der, at); i++) length = (length << 8) | (der[at + i] & 0xff);
    return length;
  }
}
