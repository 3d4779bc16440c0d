package dev.priz.conformance.interop;

import static dev.priz.conformance.interop.Ability.ABORTS;
import static dev.priz.conformance.interop.Ability.CHOOSES_FRAGMENTS;
import static dev.priz.conformance.interop.Ability.CLOSES_RELIABLY;
import static dev.priz.conformance.interop.Ability.CLOSES_WHILE_RECEIVING;
import static dev.priz.conformance.interop.Ability.COMPRESSES;
import static dev.priz.conformance.interop.Ability.NOTICES_ABRUPT_ENDS;
import static dev.priz.conformance.interop.Ability.SENDS_PINGS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.OutgoingMessage;
import dev.priz.protocol.Binary;
import dev.priz.protocol.Close;
import dev.priz.protocol.CloseCode;
import dev.priz.protocol.Closed;
import dev.priz.protocol.Message;
import dev.priz.protocol.Opcode;
import dev.priz.protocol.Ping;
import dev.priz.protocol.Pong;
import dev.priz.protocol.Text;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds on a connection between Priz, which echoes, and any other library, whichever of them
 * is the server.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(NothingLeft.class)
abstract class ConnectionContract {
  private static final List<String> TEXTS =
      List.of(
          "",
          "x",
          "ğüşıöç ĞÜŞİÖÇ",
          "👩‍👩‍👧‍👦 🌍 𝄞 𐍈",
          "\u0000 \u007f \u0080 \u07ff \u0800 \ud7ff \ue000 \uffff " + Character.toString(0x10FFFF),
          "ş🌍".repeat(30_000));
  private static final int[] SIZES = {0, 1, 125, 126, 127, 65_535, 65_536, 1 << 20};
  // 123 bytes of UTF-8, the most that a Close frame holds.
  private static final String LONGEST_REASON = "ğ".repeat(61) + ".";

  /** Has a failure say with whom. */
  @RegisterExtension
  static final TestExecutionExceptionHandler NAMED =
      (test, failure) -> {
        throw new AssertionError(test.getDisplayName() + ": " + failure, failure);
      };

  /**
   * Both ends of one connection.
   *
   * @param ours Priz's, which echoes
   * @param theirs the other library's, which only hears
   */
  record Ends(OurEnd ours, PeerConnection theirs) {}

  /** The other libraries. */
  abstract List<? extends Peer> peers();

  /** Opens a connection on which nothing is on its way. */
  abstract Ends open(Peer peer, Style style) throws Exception;

  /** Opens a connection that compresses, whatever the peer lacks. */
  abstract Ends openCompressed(Peer peer, Style style) throws Exception;

  Stream<Arguments> all() {
    return having();
  }

  Stream<Arguments> closingReliably() {
    return having(CLOSES_RELIABLY);
  }

  Stream<Arguments> closingWhileReceiving() {
    return having(CLOSES_RELIABLY, CLOSES_WHILE_RECEIVING);
  }

  Stream<Arguments> fragmenting() {
    return having(CHOOSES_FRAGMENTS);
  }

  Stream<Arguments> aborting() {
    return having(ABORTS);
  }

  Stream<Arguments> noticingAbruptEnds() {
    return having(NOTICES_ABRUPT_ENDS);
  }

  Stream<Arguments> pinging() {
    return having(SENDS_PINGS);
  }

  Stream<Arguments> compressing() {
    return having(COMPRESSES);
  }

  Stream<Arguments> having(Ability... needed) {
    return peers().stream()
        .filter(peer -> Collections.disjoint(peer.lacks(), List.of(needed)))
        .flatMap(peer -> Stream.of(Style.values()).map(style -> Arguments.of(peer, style)));
  }

  @ParameterizedTest
  @MethodSource("all")
  void echoesTextInAnyScript(Peer peer, Style style) throws Exception {
    Ends ends = open(peer, style);

    for (String text : TEXTS) ends.theirs.send(text);

    for (String text : TEXTS) assertThat(ends.theirs.heard().next()).isEqualTo(new Text(text));
  }

  @ParameterizedTest
  @MethodSource("compressing")
  void compressesBothWays(Peer peer, Style style) throws Exception {
    Ends ends = openCompressed(peer, style);
    assertThat(ends.ours.ws().isCompressed()).isTrue();

    for (int length : List.of(0, 1, 130, 1_000, 5_000, 100_000)) {
      String text = "çok güzel, 🌍 ".repeat(length / 10) + length;
      byte[] data = bytes(length);
      ends.theirs.send(text);
      ends.theirs.send(data);

      assertThat(ends.theirs.heard().next()).isEqualTo(new Text(text));
      assertThat(ends.theirs.heard().next()).isEqualTo(new Binary(data));
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void echoesBinaryOfEachLengthEncoding(Peer peer, Style style) throws Exception {
    Ends ends = open(peer, style);

    for (int size : SIZES) {
      byte[] data = bytes(size);
      ends.theirs.send(data);
      assertThat(ends.theirs.heard().next()).isEqualTo(new Binary(data));
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void echoesAThousandMessagesInOrder(Peer peer, Style style) throws Exception {
    Ends ends = open(peer, style);
    List<Message> messages = texts(1_000);

    for (Message message : messages) ends.theirs.send(message.text());

    assertThat(next(ends.theirs.heard(), 1_000)).isEqualTo(messages);
  }

  @ParameterizedTest
  @MethodSource("all")
  void sendsAThousandMessagesInOrder(Peer peer, Style style) throws Exception {
    Ends ends = open(peer, style);
    List<Message> messages = texts(1_000);

    for (Message message : messages) ends.ours.ws().send(message);

    assertThat(next(ends.theirs.heard(), 1_000)).isEqualTo(messages);
  }

  @ParameterizedTest
  @MethodSource("all")
  void echoesBigMessagesOneBehindAnother(Peer peer, Style style) throws Exception {
    Ends ends = open(peer, style);
    byte[] data = bytes(1 << 20);

    for (int i = 0; i < 8; i++) ends.theirs.send(data);

    assertThat(next(ends.theirs.heard(), 8)).containsOnly(new Binary(data));
  }

  @ParameterizedTest
  @MethodSource("fragmenting")
  void joinsThePeersFragments(Peer peer, Style style) throws Exception {
    Ends ends = open(peer, style);

    ends.theirs.sendFragments(List.of("Mer", "", "haba ", "dünya ", "🌍", ""));

    assertThat(ends.ours.heard().next()).isEqualTo(new Text("Merhaba dünya 🌍"));
    assertThat(ends.theirs.heard().next()).isEqualTo(new Text("Merhaba dünya 🌍"));
  }

  @ParameterizedTest
  @MethodSource("all")
  void sendsFragmentsWithAPingBetween(Peer peer, Style style) throws Exception {
    Ends ends = open(peer, style);

    try (OutgoingMessage message = ends.ours.ws().sendFragments(Opcode.TEXT)) {
      message.send("Mer");
      message.send("");
      ends.ours.ws().sendPing(bytes(3));
      message.send("haba 🌍");
    }
    try (OutgoingMessage message = ends.ours.ws().sendFragments(Opcode.BINARY)) {
      message.send(new byte[] {1});
      message.send(new byte[] {2, 3});
    }

    assertThat(ends.theirs.heard().next()).isEqualTo(new Text("Merhaba 🌍"));
    assertThat(ends.theirs.heard().next()).isEqualTo(new Binary(new byte[] {1, 2, 3}));
    assertThat(ends.ours.heard().next()).isEqualTo(new Pong(bytes(3)));
  }

  @ParameterizedTest
  @MethodSource("pinging")
  void answersThePeersPings(Peer peer, Style style) throws Exception {
    Ends ends = open(peer, style);

    ends.theirs.ping(bytes(0));
    assertThat(ends.ours.heard().next()).isEqualTo(new Ping(bytes(0)));
    assertThat(ends.theirs.heard().next()).isEqualTo(new Pong(bytes(0)));
    ends.theirs.ping(bytes(125));
    assertThat(ends.ours.heard().next()).isEqualTo(new Ping(bytes(125)));
    assertThat(ends.theirs.heard().next()).isEqualTo(new Pong(bytes(125)));
  }

  @ParameterizedTest
  @MethodSource("all")
  void hearsThePongsToItsPings(Peer peer, Style style) throws Exception {
    Ends ends = open(peer, style);

    ends.ours.ws().sendPing(bytes(0));
    assertThat(ends.ours.heard().next()).isEqualTo(new Pong(bytes(0)));
    ends.ours.ws().sendPing(bytes(125));
    assertThat(ends.ours.heard().next()).isEqualTo(new Pong(bytes(125)));
  }

  @ParameterizedTest
  @MethodSource("closingReliably")
  void answersThePeersClose(Peer peer, Style style) throws Exception {
    Ends ends = open(peer, style);

    ends.theirs.close(4001, LONGEST_REASON);

    Closed closed = ends.ours.closed();
    assertThat(closed.received()).isEqualTo(new Close(4001, LONGEST_REASON));
    assertThat(closed.by()).isEqualTo(Closed.By.PEER);
    assertThat(closed.isClean()).isTrue();
    assertThat(ends.theirs.heard().ending().code()).isEqualTo(4001);
  }

  @ParameterizedTest
  @MethodSource("all")
  void closesWithCodeAndReason(Peer peer, Style style) throws Exception {
    Ends ends = open(peer, style);

    ends.ours.ws().close(4002, LONGEST_REASON);

    assertThat(ends.theirs.heard().ending()).isEqualTo(new Heard.Ending(4002, LONGEST_REASON));
    assertThat(ends.ours.closed().by()).isEqualTo(Closed.By.THIS_END);
  }

  @ParameterizedTest
  @MethodSource("closingReliably")
  void hearsTheAnswerToItsClose(Peer peer, Style style) throws Exception {
    Ends ends = open(peer, style);

    ends.ours.ws().close(4002, "");

    Closed closed = ends.ours.closed();
    assertThat(closed.received()).isNotNull();
    assertThat(closed.isClean()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("all")
  void closesWithoutACode(Peer peer, Style style) throws Exception {
    Ends ends = open(peer, style);

    ends.ours.ws().send(Close.EMPTY);

    // Java-WebSocket and Undertow take no code for 1000.
    assertThat(ends.theirs.heard().ending().code()).isIn(CloseCode.NO_STATUS, CloseCode.NORMAL);
  }

  @ParameterizedTest
  @MethodSource("closingWhileReceiving")
  void hearsWhatThePeerSentBeforeItClosed(Peer peer, Style style) throws Exception {
    Ends ends = open(peer, style);
    List<Message> messages = texts(100);

    for (Message message : messages) ends.theirs.send(message.text());
    ends.theirs.close(CloseCode.NORMAL, "");

    assertThat(next(ends.ours.heard(), 100)).isEqualTo(messages);
    assertThat(ends.ours.closed().isClean()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("all")
  void isHeardWithAllThatItSentBeforeItClosed(Peer peer, Style style) throws Exception {
    Ends ends = open(peer, style);
    List<Message> messages = texts(100);

    for (Message message : messages) ends.ours.ws().send(message);
    ends.ours.ws().close();

    assertThat(next(ends.theirs.heard(), 100)).isEqualTo(messages);
    assertThat(ends.theirs.heard().ending().code()).isEqualTo(CloseCode.NORMAL);
  }

  @ParameterizedTest
  @MethodSource("aborting")
  void learnsOfAnAbruptEnd(Peer peer, Style style) throws Exception {
    Ends ends = open(peer, style);

    ends.theirs.abort();

    Closed closed = ends.ours.closed();
    assertThat(closed.code()).isEqualTo(CloseCode.ABNORMAL);
    assertThat(closed.by()).isEqualTo(Closed.By.NOBODY);
    assertThat(closed.isClean()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("noticingAbruptEnds")
  void leavesThePeerAnAbruptEnd(Peer peer, Style style) throws Exception {
    Ends ends = open(peer, style);

    ends.ours.ws().abort();

    // Undertow says that we went away.
    assertThat(ends.theirs.heard().ending().code()).isIn(CloseCode.ABNORMAL, CloseCode.GOING_AWAY);
  }

  @ParameterizedTest
  @MethodSource("all")
  void agreesOnASubprotocol(Peer peer, Style style) throws Exception {
    Ends ends = open(peer, style);

    assertThat(ends.ours.ws().subprotocol()).isEqualTo(Contract.AGREED);
    assertThat(ends.theirs.subprotocol()).isEqualTo(Contract.AGREED);
  }

  private static List<Message> texts(int count) {
    return IntStream.range(0, count).<Message>mapToObj(i -> new Text("mesaj " + i)).toList();
  }

  private static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  private static List<Message> next(Heard heard, int count) throws InterruptedException {
    List<Message> messages = new ArrayList<>();
    for (int i = 0; i < count; i++) messages.add(heard.next());
    return messages;
  }
}
