package dev.priz.protocol;

import static dev.priz.protocol.Endpoint.utf8;
import static dev.priz.protocol.Wire.bytes;
import static dev.priz.protocol.Wire.frameFrom;
import static dev.priz.protocol.Wire.join;
import static dev.priz.protocol.Wire.letters;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.payloads.PayloadKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@link Connection} sends once compression was agreed. */
final class ConnectionDeflateTest {
  private static final DeflateAgreement TAKEOVER = new DeflateAgreement(true, 15, true, 15);
  private static final DeflateAgreement ALONE = new DeflateAgreement(false, 15, false, 15);
  private static final DeflateOptions ALWAYS = DeflateOptions.SHARED.thresholdBytes(0);
  private static final String REPEATED = "a".repeat(300);

  @ParameterizedTest
  @EnumSource
  void compressesFromTheThresholdOn(Side side) {
    Endpoint endpoint = open(side, ALONE, DeflateOptions.SHARED.thresholdBytes(10));

    endpoint.sendText("aaaaaaaaa");
    endpoint.sendText("aaaaaaaaaa");

    assertThat(endpoint.takeOutput())
        .isEqualTo(
            join(frameFrom(side, "81 09", letters(9)), frameFrom(side, "c1 05", "4a 84 03 00 00")));
  }

  @ParameterizedTest
  @EnumSource
  void sendsAsItIsWhatDoesNotGetShorter(Side side) {
    Endpoint endpoint = open(side, ALONE, ALWAYS);

    endpoint.send(Opcode.BINARY, true, bytes(5));

    assertThat(endpoint.takeOutput()).isEqualTo(frameFrom(side, "82 05", bytes(5)));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("PD-20 leaves a message uncompressed that is said to be secret")
  void leavesASecretUncompressed(Side side) {
    Endpoint endpoint = open(side, ALONE, ALWAYS);

    endpoint.send(PreparedMessage.text(REPEATED).uncompressed());
    endpoint.send(Opcode.TEXT, true, false, utf8(REPEATED));
    endpoint.send(Opcode.TEXT, false, false, utf8("aaaa"));
    endpoint.send(Opcode.CONTINUATION, true, true, utf8("aaaa"));

    assertThat(endpoint.takeOutput())
        .isEqualTo(
            join(
                frameFrom(side, "81 7e 01 2c", letters(300)),
                frameFrom(side, "81 7e 01 2c", letters(300)),
                frameFrom(side, "01 04", letters(4)),
                frameFrom(side, "80 04", letters(4))));
  }

  @ParameterizedTest
  @EnumSource
  void leavesControlFramesAsTheyAre(Side side) {
    Endpoint endpoint = open(side, ALONE, ALWAYS);

    endpoint.send(Opcode.PING, true, letters(100));

    assertThat(endpoint.takeOutput()).isEqualTo(frameFrom(side, "89 64", letters(100)));
  }

  @ParameterizedTest
  @EnumSource
  void saysOnceThatAMessageInFragmentsIsCompressed(Side side) {
    Endpoint endpoint = open(side, ALONE, ALWAYS);

    endpoint.send(Opcode.TEXT, false, utf8("aaaaaaaaaa"));
    endpoint.send(Opcode.CONTINUATION, true, utf8(""));

    assertThat(endpoint.takeOutput())
        .isEqualTo(
            join(
                frameFrom(side, "41 09", "4a 84 03 00 00 00 00 ff ff"),
                frameFrom(side, "80 01", "00")));
  }

  @ParameterizedTest
  @EnumSource
  void givesEachFragmentToThePeerAtOnce(Side side) {
    Endpoint endpoint = open(side, TAKEOVER, ALWAYS);
    Endpoint peer = open(side.other(), TAKEOVER, ALWAYS);
    peer.connection.streamMessages();

    endpoint.send(Opcode.TEXT, false, utf8(REPEATED));
    peer.receive(endpoint.takeOutput());

    assertThat(peer.events).containsExactly(new Part(Opcode.TEXT, letters(300), false));
  }

  @ParameterizedTest
  @EnumSource
  void refersToEarlierMessagesWithTakeoverOnly(Side side) {
    String chat = new String(PayloadKind.CHAT.payload(400, 1), UTF_8);
    int[] alone = lengths(open(side, ALONE, ALWAYS), chat);
    int[] takeover = lengths(open(side, TAKEOVER, ALWAYS), chat);

    assertThat(alone[1]).isEqualTo(alone[0]);
    assertThat(takeover[1]).isLessThan(takeover[0] / 5);
  }

  @Test
  void compressesAPreparedMessageOnceForEachWindow() {
    PreparedMessage message = PreparedMessage.binary(PayloadKind.CHAT.payload(2_000, 1));
    var scratch = new Scratch();

    PreparedMessage.Frame large = frame(message, ALONE, scratch);
    PreparedMessage.Frame small = frame(message, new DeflateAgreement(true, 8, true, 8), scratch);

    assertThat(large.bytes().length).isLessThan(small.bytes().length);
    assertThat(frame(message, TAKEOVER, scratch)).isSameAs(large);
    assertThat(frame(message, new DeflateAgreement(false, 8, true, 15), scratch)).isSameAs(small);
  }

  @Test
  void sendsAPreparedMessageAsItIsIfItDoesNotGetShorter() {
    PreparedMessage message = PreparedMessage.binary(PayloadKind.RANDOM.payload(500, 1));

    assertThat(frame(message, ALONE, new Scratch())).isSameAs(message.plain());
  }

  @ParameterizedTest
  @EnumSource
  void whatItSendsIsWhatThePeerReceives(Side side) {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int round = 0; round < 60; round++) {
      DeflateAgreement agreement = randomAgreement(random);
      DeflateOptions options = ALWAYS.thresholdBytes(random.nextInt(40));
      Endpoint sender = open(side, agreement, options);
      Endpoint receiver = open(side.other(), agreement, options);

      List<Binary> sent = sendSome(sender, random);
      receiver.receive(sender.takeOutput());

      assertThat(receiver.events).as("seed %d, round %d", seed, round).isEqualTo(sent);
    }
  }

  // All ways to send, one after the other.
  private static List<Binary> sendSome(Endpoint sender, Random random) {
    List<Binary> sent = new ArrayList<>();
    PayloadKind[] kinds = PayloadKind.values();
    for (int i = 0; i < 20; i++) {
      int length = random.nextInt(random.nextInt(8) == 0 ? 100_000 : 2_000);
      byte[] data = kinds[random.nextInt(kinds.length)].payload(length, random.nextInt(3));
      boolean mayCompress = random.nextInt(4) > 0;
      switch (random.nextInt(4)) {
        case 0 -> sender.send(Opcode.BINARY, true, mayCompress, data);
        case 1 -> sender.sendInPieces(Opcode.BINARY, data, 1 + random.nextInt(5_000));
        case 2 -> {
          PreparedMessage message = PreparedMessage.binary(data);
          sender.send(mayCompress ? message : message.uncompressed());
        }
        default -> {
          byte[] more = kinds[random.nextInt(kinds.length)].payload(random.nextInt(3_000), 1);
          sender.send(Opcode.BINARY, false, mayCompress, data);
          sender.send(Opcode.CONTINUATION, true, mayCompress, more);
          data = join(data, more);
        }
      }
      sent.add(new Binary(data));
    }
    return sent;
  }

  private static DeflateAgreement randomAgreement(Random random) {
    return new DeflateAgreement(
        random.nextBoolean(), 8 + random.nextInt(8), random.nextBoolean(), 8 + random.nextInt(8));
  }

  private static PreparedMessage.Frame frame(
      PreparedMessage message, DeflateAgreement agreement, Scratch scratch) {
    return new MessageDeflater(Side.SERVER, agreement, ALWAYS).deflate(message, scratch);
  }

  private static int[] lengths(Endpoint endpoint, String text) {
    endpoint.sendText(text);
    int first = endpoint.takeOutput().length;
    endpoint.sendText(text);
    return new int[] {first, endpoint.takeOutput().length};
  }

  private static Endpoint open(Side side, DeflateAgreement agreement, DeflateOptions options) {
    return Endpoint.open(side).deflating(agreement, options);
  }
}
