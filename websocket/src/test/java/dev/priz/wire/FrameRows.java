package dev.priz.wire;

import static dev.priz.wire.Wire.HELLO;
import static dev.priz.wire.Wire.MASKED_CLOSE;
import static dev.priz.wire.Wire.MASKED_HELLO;
import static dev.priz.wire.Wire.hex;
import static dev.priz.wire.Wire.join;
import static dev.priz.wire.Wire.repeat;
import static dev.priz.wire.Wire.wire;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/**
 * The rows of the catalogue that are frames: what a client sends, and what must come of it. The
 * mask keys are zero, so that the payloads can be read.
 */
final class FrameRows {
  private static final String FRAGMENT = "00 80 00000000 ";

  private FrameRows() {}

  /** Frames that break a rule, with the code that they end the connection with. */
  static Stream<Arguments> broken() {
    return Stream.concat(
        Stream.of(arguments("FR-01 unmasked", 1002, hex(HELLO))), brokenOnEitherSide());
  }

  /** The same for our client, and so without masks. */
  static Stream<Arguments> brokenFromServers() {
    return Stream.concat(
        Stream.of(arguments("FR-02 masked", 1002, hex(MASKED_HELLO))),
        brokenOnEitherSide()
            .map(Arguments::get)
            .map(row -> arguments(row[0], row[1], hex(unmasked(wire((String) row[2]))))));
  }

  /**
   * Frames that keep all rules, to the end of the connection, with what the application sees of
   * them and what the server sends back.
   */
  static Stream<Arguments> kept() {
    String close = hex(MASKED_CLOSE);
    List<Arguments> rows = new ArrayList<>();
    rows.add(
        arguments(
            "FR-15 a Ping between fragments",
            List.of("text ab", "close 1000"),
            "01 81 00000000 61 89 81 00000000 70 80 81 00000000 62" + close,
            "8a 01 70 88 02 03 e8"));
    rows.add(
        arguments(
            "FR-16 empty fragments",
            List.of("text ", "close 1000"),
            "01 80 00000000 80 80 00000000" + close,
            "88 02 03 e8"));
    rows.add(
        arguments(
            "FR-18 a key equal to the payload, and another for each fragment",
            List.of("text Hell", "text abc", "close 1000"),
            "81 84 48656c6c 00000000 01 81 01010101 60 80 82 02030404 6060" + close,
            "88 02 03 e8"));
    rows.add(arguments("CL-04 an empty Close", List.of("close 1005"), "88 80 00000000", "88 00"));
    rows.add(
        arguments(
            "CL-14 a Close between fragments",
            List.of("close 1000"),
            "01 81 00000000 61" + close,
            "88 02 03 e8"));
    for (int code :
        new int[] {
          1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000,
          4999
        }) {
      rows.add(
          arguments(
              "CL-06 " + code,
              List.of("close " + code),
              "88 82 00000000 " + hexOf(code),
              "88 02 " + hexOf(code)));
    }
    byte[] text = wire("cebae1bdb9cf83cebcceb5");
    for (int split = 0; split <= text.length; split++) {
      String all = hex(text).replace(" ", "");
      rows.add(
          arguments(
              "U-01 fragments split at " + split,
              List.of("text κ\u1f79σμε", "close 1000"),
              "01 %02x 00000000 %s 80 %02x 00000000 %s"
                      .formatted(
                          0x80 | split,
                          all.substring(0, 2 * split),
                          0x80 | (text.length - split),
                          all.substring(2 * split))
                  + close,
              "88 02 03 e8"));
    }
    return rows.stream();
  }

  /** A message of so many fragments, all empty. */
  static byte[] fragments(int count) {
    return join(wire("02 80 00000000"), repeat(count - 2, wire(FRAGMENT)), wire("80 80 00000000"));
  }

  /**
   * Sends frames that break a rule, and asserts what the peer sees of that: a Close frame with the
   * code, then the end of the stream.
   */
  static void assertBreaks(RawSocket peer, byte[][] segments, int code) throws IOException {
    peer.send(segments);

    byte[] head = peer.read(4);
    assertThat(head[0]).isEqualTo((byte) 0x88);
    assertThat(((head[2] & 0xff) << 8) | (head[3] & 0xff)).isEqualTo(code);
    // The frame that comes now is too late to be delivered.
    peer.sendUntilRefused(MASKED_HELLO, 1);
    assertThat(peer.readToEnd()).as("the reason, and nothing after it").hasSize(head[1] - 2);
    assertThat(peer.wasReset()).isFalse();
  }

  private static Stream<Arguments> brokenOnEitherSide() {
    return Stream.of(
            header(),
            reserved("FR-10", 0x83, 0x87),
            reserved("FR-11", 0x8b, 0x8f),
            sequence(),
            control(),
            closeCodes(),
            utf8())
        .flatMap(rows -> rows);
  }

  private static Stream<Arguments> header() {
    return Stream.of(
        arguments("FR-03", 1002, "82 fe 0005 00000000 0102030405"),
        arguments("FR-04", 1002, "82 ff 0000000000000005 00000000 0102030405"),
        arguments("FR-04 65535", 1002, "82 ff 000000000000ffff 00000000"),
        arguments("FR-05", 1002, "82 ff 8000000000000000 00000000"),
        arguments("FR-05 all ones", 1002, "82 ff ffffffffffffffff 00000000"),
        arguments("FR-05 no more than three bytes", 1002, "82 ff 80"),
        arguments("FR-06", 1009, "82 ff 000000007fffffff 00000000"),
        arguments("FR-07", 1009, "82 ff 0000000000100001 00000000"),
        arguments("FR-08", 1002, "c1 80 00000000"),
        arguments("FR-09 RSV2", 1002, "a1 80 00000000"),
        arguments("FR-09 RSV3", 1002, "91 80 00000000"),
        arguments("FR-09 all", 1002, "f1 80 00000000"),
        arguments("FR-12", 1002, "83 ff 00000000ffffffff 00000000"),
        arguments("FR-12 no more than one byte", 1002, "83"));
  }

  private static Stream<Arguments> reserved(String row, int first, int last) {
    List<Arguments> rows = new ArrayList<>();
    for (int opcode = first; opcode <= last; opcode++) {
      String hex = Integer.toHexString(opcode);
      rows.add(arguments(row + " " + hex.charAt(1), 1002, hex + " 80 00000000"));
    }
    return rows.stream();
  }

  private static Stream<Arguments> sequence() {
    return Stream.of(
        arguments("FR-13", 1002, "80 80 00000000"),
        arguments("FR-14", 1002, "01 81 00000000 61 81 81 00000000 62"));
  }

  private static Stream<Arguments> control() {
    return Stream.of(
        arguments("CL-01", 1002, "89 fe 007e 00000000"),
        arguments("CL-02", 1002, "09 80 00000000"),
        arguments("CL-02 close", 1002, "08 80 00000000"),
        arguments("CL-03", 1002, "88 81 00000000 03"),
        arguments("CL-07", 1007, "88 84 00000000 03e8 c328"));
  }

  private static Stream<Arguments> closeCodes() {
    return Stream.of(0, 999, 1004, 1005, 1006, 1015, 1016, 2000, 2999, 5000, 65_535)
        .map(code -> arguments("CL-05 " + code, 1002, "88 82 00000000 " + hexOf(code)));
  }

  private static Stream<Arguments> utf8() {
    return Stream.of(
        arguments("U-02", 1007, "81 82 00000000 c0af"),
        arguments("U-02 three bytes", 1007, "81 83 00000000 e080af"),
        arguments("U-02 four bytes", 1007, "81 84 00000000 f08080af"),
        arguments("U-03 surrogate", 1007, "81 83 00000000 eda080"),
        arguments("U-03 beyond Unicode", 1007, "81 84 00000000 f4908080"),
        arguments("U-03 f5", 1007, "81 81 00000000 f5"),
        arguments("U-03 ff", 1007, "81 81 00000000 ff"),
        arguments("U-03 a lone 80", 1007, "81 81 00000000 80"),
        arguments("U-04", 1007, "01 82 00000000 f09f 80 80 00000000"),
        arguments("U-05", 1007, "01 8d 00000000 cebae1bdb9cf83cebcceb5f490"));
  }

  private static String hexOf(int code) {
    return "%04x".formatted(code);
  }

  // The frames without their masks; the last one may end anywhere.
  private static byte[] unmasked(byte[] frames) {
    var out = new ByteArrayOutputStream();
    int from = 0;
    while (from < frames.length) {
      out.write(frames[from]);
      if (from + 1 == frames.length) break;
      int length = frames[from + 1] & 0x7f;
      out.write(length);
      int head = Math.min(frames.length, from + 2 + (length == 126 ? 2 : length == 127 ? 8 : 0));
      out.write(frames, from + 2, head - from - 2);
      int payload = Math.min(frames.length, head + 4);
      int end = length < 126 ? Math.min(frames.length, payload + length) : frames.length;
      out.write(frames, payload, end - payload);
      from = end;
    }
    return out.toByteArray();
  }
}
