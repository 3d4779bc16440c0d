package dev.priz.conformance.interop;

import static dev.priz.conformance.interop.Ability.CHOOSES_REFUSAL;
import static dev.priz.conformance.interop.Ability.COMPRESSES_EVERYTHING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.priz.HandshakeRefusedException;
import dev.priz.protocol.DeflateOptions;
import dev.priz.protocol.Text;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Priz's client with everybody else's servers. */
final class PrizClientTest extends ConnectionContract {
  private OurClient client;
  private OurClient plainClient;
  private List<PeerServer> servers;

  @BeforeAll
  void start() throws Exception {
    client = new OurClient(DeflateOptions.SHARED);
    plainClient = new OurClient(null);
    servers = PeerServer.all();
  }

  @AfterAll
  void stop() throws Exception {
    client.close();
    plainClient.close();
    for (PeerServer server : servers) server.stop();
  }

  @Override
  List<PeerServer> peers() {
    return servers;
  }

  @Override
  Ends open(Peer peer, Style style) throws Exception {
    return open(peer, style, peer.lacks().contains(COMPRESSES_EVERYTHING) ? plainClient : client);
  }

  @Override
  Ends openCompressed(Peer peer, Style style) throws Exception {
    return open(peer, style, client);
  }

  private static Ends open(Peer peer, Style style, OurClient client) throws Exception {
    var server = (PeerServer) peer;
    OurEnd ours = client.connect(server.port(), "/chat", style);
    PeerConnection theirs = server.visitors().next();
    assertThat(ours.heard().next()).isEqualTo(new Text(Contract.GREETING));
    assertThat(theirs.heard().next()).isEqualTo(new Text(Contract.GREETING));
    return new Ends(ours, theirs);
  }

  Stream<Arguments> choosingRefusal() {
    return having(CHOOSES_REFUSAL);
  }

  @ParameterizedTest
  @MethodSource("all")
  void sendsTheServerAHeaderField(Peer peer, Style style) throws Exception {
    Ends ends = open(peer, style);

    assertThat(ends.theirs().header(Contract.REQUEST_HEADER)).isEqualTo(Contract.TOKEN);
  }

  @ParameterizedTest
  @MethodSource("choosingRefusal")
  void seesStatusAndBodyOfARefusal(PeerServer server, Style style) {
    HandshakeRefusedException refusal = refusal(server, style);

    assertThat(refusal.status()).isEqualTo(Contract.REFUSAL_STATUS);
    assertThat(refusal.bodyText()).isEqualTo(Contract.REFUSAL_BODY);
  }

  @ParameterizedTest
  @MethodSource("all")
  void seesThatItIsRefused(PeerServer server, Style style) {
    HandshakeRefusedException refusal = refusal(server, style);

    assertThat(refusal.status()).isBetween(400, 499);
  }

  private HandshakeRefusedException refusal(PeerServer server, Style style) {
    return catchThrowableOfType(
        HandshakeRefusedException.class,
        () -> client.connect(server.port(), Contract.REFUSED_PATH, style));
  }
}
