package dev.priz.benchmarks.siege;

import static dev.priz.benchmarks.soak.WireBytes.DEFLATE;
import static dev.priz.benchmarks.soak.WireBytes.ascii;
import static dev.priz.benchmarks.soak.WireBytes.frame;
import static dev.priz.benchmarks.soak.WireBytes.request;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.zip.Deflater;

/**
 * What a crowd of peers does to a server, as a row of the catalogue says.
 *
 * @param row the row's id
 * @param words what they do
 * @param peers how many there are in all
 * @param perSecond how many of them connect a second
 * @param hello what each sends first
 * @param first what each sends once the server has answered
 * @param then what each sends after that
 * @param times how often
 * @param piece how many bytes of it go into one write
 * @param reads whether they read what comes
 * @param leaves whether they leave when they are answered
 */
record Attack(
    String row,
    String words,
    int peers,
    int perSecond,
    byte[] hello,
    byte[] first,
    byte[] then,
    int times,
    int piece,
    boolean reads,
    boolean leaves) {
  private static final int MIB = 1 << 20;
  private static final int TEXT = 0x01;
  private static final int PING = 0x89;
  private static final int CONTINUATION = 0x00;
  private static final int BINARY = 0x82;
  private static final int COMPRESSED = 0xC2;
  private static final int WHOLE_TEXT = 0x81;
  private static final int RESERVED = 0x83;
  private static final String SUBSCRIBE = "{\"type\":\"subscribe\",\"id\":1,\"topic\":\"flood\"}";

  /** All that are known. */
  static final List<Attack> ALL =
      List.of(
          of("HS-37", "begin a request and stop", 10_000)
              .hello(ascii("GET / HTTP/1.1\r\nHost: 127.0.")),
          of("CL-16", "send 100,000 Pings and read nothing", 10)
              .then(frame(PING, 125, 125), 100_000)
              .deaf(),
          of("PD-01", "send a bomb of 64 MiB", 1_000)
              .perSecond(100)
              .hello(request("/", DEFLATE))
              .then(frame(COMPRESSED, bomb()), 1),
          of("RS-01", "declare 1 MiB and send none of it", 1_000).then(frame(BINARY, MIB, 0), 1),
          of("RS-02", "send 1 MiB but a byte", 1_000).then(frame(BINARY, MIB, MIB - 1), 1),
          of("RS-03", "send 110 fragments of 100 kB", 100)
              .first(frame(TEXT, 0, 0))
              .then(frame(CONTINUATION, 100_000, 100_000), 110),
          of("RS-04", "send 131,000 fragments of a byte", 100)
              .first(frame(TEXT, 0, 0))
              .then(frame(CONTINUATION, 1, 1), 131_000),
          of("RS-05", "send a million empty fragments", 100)
              .first(frame(TEXT, 0, 0))
              .then(frame(CONTINUATION, 0, 0), 1_000_000),
          of("RS-06", "send 1 MiB byte by byte", 100).then(frame(BINARY, MIB, MIB), 1).piece(1),
          of("RS-08", "do nothing", 10_000),
          of("RS-09", "subscribe 100,000 times", 10)
              .hello(request("/topics", "Sec-WebSocket-Protocol: priz.topic.v1\r\n"))
              .then(frame(WHOLE_TEXT, ascii(SUBSCRIBE)), 100_000),
          of("RS-10", "read nothing of a broadcast of 10 KiB, 1,000 times a second", 10)
              .hello(request("/broadcast", ""))
              .deaf(),
          of("RS-13", "connect and leave", 25_000).perSecond(5_000).leaving(),
          of("RS-14", "connect over the limit of an address", 100_000).perSecond(20_000).leaving(),
          of("RS-17", "break the protocol", 25_000).perSecond(5_000).then(frame(RESERVED, 0, 0), 1),
          of("RS-18", "send 1 MiB 100 times to a slow callback", 10)
              .hello(request("/slow", ""))
              .then(frame(BINARY, MIB, MIB), 100));

  /**
   * The attack of a row.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Attack named(String row) {
    for (Attack attack : ALL) {
      if (attack.row.equalsIgnoreCase(row)) return attack;
    }
    List<String> rows = ALL.stream().map(Attack::row).toList();
    throw new IllegalArgumentException("'" + row + "' is not one of " + String.join(", ", rows));
  }

  private static Attack of(String row, String words, int peers) {
    byte[] none = {};
    return new Attack(
        row, words, peers, 2_000, request("/", ""), none, none, 0, 64 * 1024, true, false);
  }

  private Attack perSecond(int count) {
    return new Attack(row, words, peers, count, hello, first, then, times, piece, reads, leaves);
  }

  private Attack hello(byte[] bytes) {
    return new Attack(
        row, words, peers, perSecond, bytes, first, then, times, piece, reads, leaves);
  }

  private Attack first(byte[] bytes) {
    return new Attack(
        row, words, peers, perSecond, hello, bytes, then, times, piece, reads, leaves);
  }

  private Attack then(byte[] bytes, int count) {
    return new Attack(
        row, words, peers, perSecond, hello, first, bytes, count, piece, reads, leaves);
  }

  private Attack piece(int bytes) {
    return new Attack(
        row, words, peers, perSecond, hello, first, then, times, bytes, reads, leaves);
  }

  private Attack deaf() {
    return new Attack(
        row, words, peers, perSecond, hello, first, then, times, piece, false, leaves);
  }

  private Attack leaving() {
    return new Attack(row, words, peers, perSecond, hello, first, then, times, piece, reads, true);
  }

  private static byte[] bomb() {
    var deflater = new Deflater(9, true);
    deflater.setInput(new byte[64 * MIB]);
    deflater.finish();
    var compressed = new ByteArrayOutputStream();
    byte[] some = new byte[8_192];
    while (!deflater.finished()) compressed.write(some, 0, deflater.deflate(some));
    deflater.end();
    return compressed.toByteArray();
  }
}
