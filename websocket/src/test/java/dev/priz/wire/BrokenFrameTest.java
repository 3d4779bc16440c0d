package dev.priz.wire;

import static dev.priz.wire.Wire.hex;
import static dev.priz.wire.Wire.wire;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.priz.WebSocketClient;
import dev.priz.WebSocketServer;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Frames that break the rules, sent to our server and, without their masks, to our client: the
 * Close frame tells the rule's code, nothing reaches the application, and the connection ends.
 */
class BrokenFrameTest {
  private static final Events EVENTS = new Events();
  @AutoClose private static WebSocketServer server;
  @AutoClose private static WebSocketClient client;

  @BeforeAll
  static void start() {
    server = WebSocketServer.at("127.0.0.1:0").callbacks("/", EVENTS::watch).start();
    client = WebSocketClient.builder().build();
  }

  @BeforeEach
  void forget() {
    EVENTS.rest();
  }

  static Stream<Arguments> broken() {
    return Stream.of(
        arguments("FR-03", 1002, "82 fe 0005 00000000 0102030405"),
        arguments("FR-04", 1002, "82 ff 0000000000000005 00000000 0102030405"),
        arguments("FR-04 65535", 1002, "82 ff 000000000000ffff 00000000"),
        arguments("FR-05", 1002, "82 ff 8000000000000000 00000000"),
        arguments("FR-05 all ones", 1002, "82 ff ffffffffffffffff 00000000"),
        arguments("FR-06", 1009, "82 ff 000000007fffffff 00000000"),
        arguments("FR-07", 1009, "82 ff 0000000000100001 00000000"),
        arguments("FR-08", 1002, "c1 80 00000000"),
        arguments("FR-09 RSV2", 1002, "a1 80 00000000"),
        arguments("FR-09 RSV3", 1002, "91 80 00000000"),
        arguments("FR-09 all", 1002, "f1 80 00000000"),
        arguments("FR-10 3", 1002, "83 80 00000000"),
        arguments("FR-10 7", 1002, "87 80 00000000"),
        arguments("FR-11 B", 1002, "8b 80 00000000"),
        arguments("FR-11 F", 1002, "8f 80 00000000"),
        arguments("FR-12", 1002, "83 ff 00000000ffffffff 00000000"),
        arguments("FR-13", 1002, "80 80 00000000"),
        arguments("FR-14", 1002, "01 81 00000000 61 81 81 00000000 62"),
        arguments("CL-01", 1002, "89 fe 007e 00000000"),
        arguments("CL-02", 1002, "09 80 00000000"),
        arguments("CL-02 close", 1002, "08 80 00000000"),
        arguments("CL-03", 1002, "88 81 00000000 03"),
        arguments("CL-05 0", 1002, "88 82 00000000 0000"),
        arguments("CL-05 1005", 1002, "88 82 00000000 03ed"),
        arguments("CL-05 1006", 1002, "88 82 00000000 03ee"),
        arguments("CL-05 1015", 1002, "88 82 00000000 03f7"),
        arguments("CL-05 2999", 1002, "88 82 00000000 0bb7"),
        arguments("CL-05 5000", 1002, "88 82 00000000 1388"),
        arguments("CL-07", 1007, "88 84 00000000 03e8 c328"),
        arguments("U-02", 1007, "81 82 00000000 c0af"),
        arguments("U-03", 1007, "81 83 00000000 eda080"),
        arguments("U-04", 1007, "01 82 00000000 f09f 80 80 00000000"),
        arguments("U-05", 1007, "01 82 00000000 f490"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("broken")
  void failsTheConnectionToOurServer(String name, int code, String frames) throws Exception {
    try (var peer = RawSocket.open(server, "/")) {
      peer.send(wire(frames));

      assertThat(hex(Arrays.copyOfRange(peer.readToEnd(), 2, 4))).isEqualTo(hexOf(code));
    }
    assertThat(EVENTS.toClose()).containsExactly("open", "error", "close " + code);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("broken")
  void failsTheConnectionOfOurClient(String name, int code, String frames) throws Exception {
    byte[] unmasked = unmasked(wire(frames));
    try (var bad =
        RawServer.opening(peer -> {
          peer.send(unmasked);
          byte[] close = peer.readToEnd();
          assertThat(close[0]).isEqualTo((byte) 0x88);
          assertThat(hex(new byte[] {unmask(close, 0), unmask(close, 1)})).isEqualTo(hexOf(code));
        })) {
      client.connect(bad.address(), EVENTS::watch);

      assertThat(EVENTS.toClose()).containsExactly("open", "error", "close " + code);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("broken")
  void fr25WhatCameBeforeIsDelivered(String name, int code, String frames) throws Exception {
    try (var peer = RawSocket.open(server, "/")) {
      peer.send(Wire.join(Wire.MASKED_HELLO, wire(frames), Wire.MASKED_HELLO));

      peer.readToEnd();
    }
    assertThat(EVENTS.toClose()).containsExactly("open", "text Hello", "error", "close " + code);
  }

  private static String hexOf(int code) {
    return hex(new byte[] {(byte) (code >> 8), (byte) code});
  }

  // A byte of the payload of a short frame from a client.
  private static byte unmask(byte[] frame, int index) {
    return (byte) (frame[6 + index] ^ frame[2 + index]);
  }

  // The frames without their masks, of which the keys are zero.
  private static byte[] unmasked(byte[] frames) {
    var out = new ByteArrayOutputStream();
    int from = 0;
    while (from < frames.length) {
      int length = frames[from + 1] & 0x7f;
      int head = 2 + (length == 126 ? 2 : length == 127 ? 8 : 0);
      out.write(frames[from]);
      out.write(length);
      out.write(frames, from + 2, head - 2);
      int payload = from + head + 4;
      int end = length < 126 ? payload + length : frames.length;
      out.write(frames, payload, end - payload);
      from = end;
    }
    return out.toByteArray();
  }
}
