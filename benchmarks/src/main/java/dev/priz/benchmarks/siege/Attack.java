package dev.priz.benchmarks.siege;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
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
  private static final int RESERVED = 0x83;

  /** All that are known. */
  static final List<Attack> ALL =
      List.of(
          of("HS-37", "begin a request and stop", 10_000).hello(half()),
          of("CL-16", "send 100,000 Pings and read nothing", 10)
              .then(frame(PING, 125, 125), 100_000)
              .deaf(),
          of("PD-01", "send a bomb of 64 MiB", 200)
              .hello(request("/", "Sec-WebSocket-Extensions: permessage-deflate\r\n"))
              .then(bomb(), 1),
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
              .then(subscribe(), 100_000),
          of("RS-10", "read nothing of a broadcast of 10 KiB, 1,000 times a second", 100)
              .hello(request("/broadcast", ""))
              .deaf(),
          of("RS-13", "connect and leave", 25_000).perSecond(5_000).leaving(),
          of("RS-14", "connect over the limit of an address", 100_000).perSecond(20_000).leaving(),
          of("RS-17", "break the protocol", 25_000).perSecond(5_000).then(frame(RESERVED, 0, 0), 1),
          of("RS-18", "send 1 MiB 100 times to a slow callback", 10)
              .hello(request("/slow", ""))
              .then(frame(BINARY, MIB, MIB), 100));

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

  private static byte[] half() {
    return "GET / HTTP/1.1\r\nHost: 127.0.".getBytes(US_ASCII);
  }

  private static byte[] request(String path, String more) {
    String head =
        "GET "
            + path
            + " HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n";
    return (head + more + "\r\n").getBytes(US_ASCII);
  }

  private static byte[] subscribe() {
    byte[] text = "{\"type\":\"subscribe\",\"id\":1,\"topic\":\"flood\"}".getBytes(US_ASCII);
    byte[] frame = frame(0x80 | TEXT, text.length, text.length);
    System.arraycopy(text, 0, frame, frame.length - text.length, text.length);
    return frame;
  }

  private static byte[] bomb() {
    var deflater = new Deflater(9, true);
    deflater.setInput(new byte[64 * MIB]);
    deflater.finish();
    var compressed = new ByteArrayOutputStream();
    byte[] some = new byte[8_192];
    while (!deflater.finished()) compressed.write(some, 0, deflater.deflate(some));
    deflater.end();
    byte[] payload = compressed.toByteArray();
    byte[] frame = frame(0x40 | BINARY, payload.length, payload.length);
    System.arraycopy(payload, 0, frame, frame.length - payload.length, payload.length);
    return frame;
  }

  // Masked with zeros, which is to say that the payload is as it is.
  private static byte[] frame(int first, int length, int present) {
    ByteBuffer frame = ByteBuffer.allocate(14 + present).put((byte) first);
    if (length < 126) {
      frame.put((byte) (0x80 | length));
    } else if (length < 65_536) {
      frame.put((byte) (0x80 | 126)).putShort((short) length);
    } else {
      frame.put((byte) (0x80 | 127)).putLong(length);
    }
    frame.putInt(0);
    byte[] bytes = new byte[frame.position() + present];
    frame.get(0, bytes);
    return bytes;
  }
}
