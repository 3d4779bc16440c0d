package dev.priz.conformance.interop;

import static dev.priz.conformance.interop.Ability.COMPRESSES_EVERYTHING;
import static dev.priz.conformance.interop.Ability.FORGETS_ITS_MESSAGES;
import static dev.priz.conformance.interop.Ability.SEES_REFUSAL_BODY;
import static dev.priz.conformance.interop.Ability.SEES_REFUSAL_STATUS;
import static dev.priz.conformance.interop.Ability.SEES_RESPONSE_HEADERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.priz.protocol.DeflateOptions;
import dev.priz.protocol.Text;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Priz's server with everybody else's clients. */
final class PrizServerTest extends ConnectionContract {
  private OurServer server;
  private OurServer plainServer;
  private OurServer rememberingServer;
  private List<PeerClient> clients;

  @BeforeAll
  void start() throws Exception {
    server = new OurServer(DeflateOptions.SHARED);
    plainServer = new OurServer(null);
    rememberingServer = new OurServer(DeflateOptions.SHARED.receive(true, 15));
    clients = PeerClient.all();
  }

  @AfterAll
  void stop() throws Exception {
    server.close();
    plainServer.close();
    rememberingServer.close();
    for (PeerClient client : clients) client.stop();
  }

  @Override
  List<PeerClient> peers() {
    return clients;
  }

  @Override
  Ends open(Peer peer, Style style) throws Exception {
    boolean plain = peer.lacks().contains(COMPRESSES_EVERYTHING);
    return plain ? open(peer, style, plainServer) : openCompressed(peer, style);
  }

  @Override
  Ends openCompressed(Peer peer, Style style) throws Exception {
    boolean forgets = !peer.lacks().contains(FORGETS_ITS_MESSAGES);
    return open(peer, style, forgets ? server : rememberingServer);
  }

  private static Ends open(Peer peer, Style style, OurServer server) throws Exception {
    PeerConnection theirs = ((PeerClient) peer).connect(server.address(style));
    OurEnd ours = server.next();
    assertThat(theirs.heard().next()).isEqualTo(new Text(Contract.GREETING));
    return new Ends(ours, theirs);
  }

  Stream<Arguments> seeingResponseHeaders() {
    return having(SEES_RESPONSE_HEADERS);
  }

  Stream<Arguments> seeingRefusalStatus() {
    return having(SEES_REFUSAL_STATUS);
  }

  Stream<Arguments> seeingRefusalBody() {
    return having(SEES_REFUSAL_BODY);
  }

  @ParameterizedTest
  @MethodSource("all")
  void seesTheClientsHeaderField(Peer peer, Style style) throws Exception {
    Ends ends = open(peer, style);

    assertThat(ends.ours().ws().request().headers().all(Contract.REQUEST_HEADER))
        .containsExactly(Contract.TOKEN);
  }

  @ParameterizedTest
  @MethodSource("seeingResponseHeaders")
  void sendsTheClientAHeaderField(Peer peer, Style style) throws Exception {
    Ends ends = open(peer, style);

    assertThat(ends.theirs().header(Contract.RESPONSE_HEADER)).isEqualTo(Contract.ROOM);
  }

  @ParameterizedTest
  @MethodSource("seeingRefusalStatus")
  void refusesWithAStatus(PeerClient client) {
    var refusal = refusal(client);

    assertThat(refusal.status()).isEqualTo(Contract.REFUSAL_STATUS);
  }

  @ParameterizedTest
  @MethodSource("seeingRefusalBody")
  void refusesWithABody(PeerClient client) {
    var refusal = refusal(client);

    assertThat(refusal.body()).isEqualTo(Contract.REFUSAL_BODY);
  }

  @ParameterizedTest
  @MethodSource("all")
  void refusesSoThatTheClientNotices(PeerClient client) {
    assertThat(refusal(client)).isNotNull();
  }

  private RefusedException refusal(PeerClient client) {
    return catchThrowableOfType(
        RefusedException.class, () -> client.connect(server.address(Contract.REFUSED_PATH)));
  }
}
