package dev.priz.benchmarks.soak;

import static dev.priz.benchmarks.soak.WireBytes.ascii;
import static dev.priz.benchmarks.soak.WireBytes.frame;
import static dev.priz.benchmarks.soak.WireBytes.hex;
import static dev.priz.benchmarks.soak.WireBytes.request;
import static dev.priz.benchmarks.soak.WireBytes.times;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a peer does that does not behave.
 *
 * @param before sent first
 * @param after sent once the handshake is done, or null if that is not waited for
 * @param reading how it reads then
 * @param ending how it ends, if that is its own to choose
 */
record Misdeed(byte[] before, byte @Nullable [] after, Reading reading, Ending ending) {
  private static final byte[] NOTHING = {};
  private static final byte[] HELLO = request("/echo", true);

  /** How a peer reads. */
  enum Reading {
    ALL,
    NOTHING,
    /** 4 KiB a second, enough to be put up with. */
    SLOWLY,
    /** 256 bytes a second, which is not. */
    CRAWLING
  }

  /** How a peer ends. */
  enum Ending {
    /** By itself, with either a FIN or a RST. */
    ITSELF,
    /** The server has to end it. */
    BY_SERVER,
    /** With a RST after a while, whatever the server did meanwhile. */
    LATE
  }

  /** Those that leave in the middle of something. */
  static final List<Misdeed> ABORTS =
      List.of(
          leavesAfter(NOTHING, null),
          leavesAfter(ascii("GET /echo HTTP/1.1\r\nHost: 127."), null),
          leavesAfter(HELLO, null),
          leavesAfter(HELLO, NOTHING),
          // In a header, a payload, between fragments, within a compressed message.
          leavesAfter(HELLO, hex("82")),
          leavesAfter(HELLO, frame(0x82, 1_000, 300)),
          leavesAfter(HELLO, frame(0x82, 500_000, 200_000)),
          leavesAfter(HELLO, frame(0x01, 100, 100)),
          leavesAfter(HELLO, hex("41 85 00 00 00 00 f2 48 cd c9 c9")),
          // With answers under way, and in the closing handshake.
          leavesAfter(HELLO, times(20, frame(0x82, 8_000, 8_000))),
          leavesAfter(HELLO, hex("88 82 00 00 00 00 03 e8")),
          leavesAfter(request("/loop", false), times(5, frame(0x82, 200, 200))));

  /** Those that break the rules. */
  static final List<Misdeed> FAULTS =
      List.of(
          breaks(hex("81 05 48 65 6c 6c 6f")),
          breaks(hex("b1 80 00 00 00 00")),
          breaks(hex("83 80 00 00 00 00")),
          breaks(hex("09 80 00 00 00 00")),
          breaks(frame(0x89, 126, 126)),
          breaks(hex("81 82 00 00 00 00 c3 28")),
          breaks(hex("80 80 00 00 00 00")),
          breaks(frame(0x82, 2_000_000, 10_000)),
          breaks(hex("88 82 00 00 00 00 03 ed")),
          breaks(hex("c1 84 00 00 00 00 ff ff ff ff")),
          breaks(times(200, hex("89 80 00 00 00 00"))),
          new Misdeed(ascii("POST / HTTP/1.0\r\n\r\n"), null, Reading.ALL, Ending.BY_SERVER),
          new Misdeed(times(3_000, ascii("nonsense")), null, Reading.ALL, Ending.BY_SERVER),
          // The handshake's time-out.
          new Misdeed(NOTHING, null, Reading.ALL, Ending.BY_SERVER),
          new Misdeed(ascii("GET /echo HTTP/1.1\r\n"), null, Reading.ALL, Ending.BY_SERVER));

  /** Those that read slowly or not at all. */
  static final List<Misdeed> SLOW_READERS =
      List.of(
          new Misdeed(request(SoakServer.UNREAD, false), NOTHING, Reading.NOTHING, Ending.LATE),
          new Misdeed(request(SoakServer.UNREAD, true), NOTHING, Reading.NOTHING, Ending.LATE),
          new Misdeed(request(SoakServer.UNREAD, false), NOTHING, Reading.CRAWLING, Ending.LATE),
          new Misdeed(request(SoakServer.SLOW, false), NOTHING, Reading.SLOWLY, Ending.LATE),
          new Misdeed(HELLO, times(50, frame(0x82, 16_000, 16_000)), Reading.NOTHING, Ending.LATE));

  private static Misdeed leavesAfter(byte[] before, byte @Nullable [] after) {
    return new Misdeed(before, after, Reading.ALL, Ending.ITSELF);
  }

  private static Misdeed breaks(byte[] after) {
    return new Misdeed(HELLO, after, Reading.ALL, Ending.BY_SERVER);
  }
}
