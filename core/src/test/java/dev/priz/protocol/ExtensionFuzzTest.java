package dev.priz.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.priz.fuzz.FuzzInput;
import dev.priz.protocol.DeflateAgreement.Accepted;
import java.util.List;

/** Any {@code Sec-WebSocket-Extensions} header, and what the two sides make of it. */
final class ExtensionFuzzTest {

  @FuzzTest
  void comesToAnAgreementOrNone(byte[] bytes) {
    var input = new FuzzInput(bytes);
    DeflateOptions server = options(input);
    DeflateOptions client = options(input);
    List<String> values = List.of(new String(input.rest(), ISO_8859_1).split("\n", -1));

    List<Extension> elements = Extension.parse(values);

    assertMeansTheSameInOneLine(values, elements);
    if (elements != null) {
      for (Extension element : elements) assertReadsItsOwnParameters(element);
      assertServerKeepsToTheOffers(elements, server);
      for (Extension element : elements) assertClientKeepsToItsOptions(element, client);
    }
    assertAgree(server, client);
  }

  private static DeflateOptions options(FuzzInput input) {
    return DeflateOptions.SHARED
        .send(input.flag(), 8 + input.below(8))
        .receive(input.flag(), 8 + input.below(8));
  }

  // RFC 9110 §5.3: lines of the same name are one, with commas between them. But for a quote that
  // is not closed: it ends with its line.
  private static void assertMeansTheSameInOneLine(List<String> values, List<Extension> elements) {
    String line = String.join(",", values);
    if (!line.contains("\"")) assertThat(Extension.parse(List.of(line))).isEqualTo(elements);
  }

  private static void assertReadsItsOwnParameters(Extension element) {
    assertThat(Token.isToken(element.name())).isTrue();
    DeflateParameters parameters = DeflateParameters.of(element);
    if (parameters == null) return;
    assertThat(DeflateParameters.of(single(parameters.toString()))).isEqualTo(parameters);
  }

  private static void assertServerKeepsToTheOffers(List<Extension> offers, DeflateOptions options) {
    Accepted accepted = DeflateAgreement.accept(offers, options);
    DeflateParameters offer = firstOffer(offers);
    assertThat(accepted == null).isEqualTo(offer == null);
    if (accepted == null || offer == null) return;

    DeflateParameters answer = DeflateParameters.of(single(accepted.response()));
    DeflateAgreement agreement = accepted.agreement();
    assertThat(answer).isNotNull();
    if (offer.serverNoContextTakeover()) assertThat(answer.serverNoContextTakeover()).isTrue();
    if (offer.serverMaxWindowBits() != DeflateParameters.ABSENT) {
      assertThat(answer.serverMaxWindowBits()).isBetween(8, offer.serverMaxWindowBits());
    }
    // RFC 7692 §7.1.2.2: only a client that offers this parameter can be told a window.
    if (offer.clientMaxWindowBits() == DeflateParameters.ABSENT) {
      assertThat(answer.clientMaxWindowBits()).isEqualTo(DeflateParameters.ABSENT);
    }
    assertThat(agreement.serverWindowBits()).isBetween(8, options.sendWindowBits());
    assertThat(agreement.clientWindowBits()).isBetween(8, 15);
    if (agreement.serverTakeover()) assertThat(options.sendTakeover()).isTrue();
    if (agreement.clientTakeover()) {
      assertThat(options.receiveTakeover()).isTrue();
      assertThat(agreement.clientWindowBits()).isLessThanOrEqualTo(options.receiveWindowBits());
    }
  }

  private static DeflateParameters firstOffer(List<Extension> offers) {
    for (Extension offer : offers) {
      if (!offer.name().equals("permessage-deflate")) continue;
      DeflateParameters parameters = DeflateParameters.of(offer);
      if (parameters != null) return parameters;
    }
    return null;
  }

  private static void assertClientKeepsToItsOptions(Extension answer, DeflateOptions options) {
    DeflateAgreement agreed = DeflateAgreement.agreed(answer, options);
    if (agreed == null) return;
    assertThat(agreed.clientWindowBits()).isBetween(8, options.sendWindowBits());
    assertThat(agreed.serverWindowBits()).isBetween(8, options.receiveWindowBits());
    if (agreed.clientTakeover()) assertThat(options.sendTakeover()).isTrue();
    if (agreed.serverTakeover()) assertThat(options.receiveTakeover()).isTrue();
  }

  // Whatever the two want, they understand each other.
  private static void assertAgree(DeflateOptions server, DeflateOptions client) {
    Accepted accepted =
        DeflateAgreement.accept(List.of(single(DeflateAgreement.offer(client))), server);
    assertThat(accepted).isNotNull();
    DeflateAgreement ours = accepted.agreement();
    DeflateAgreement theirs = DeflateAgreement.agreed(single(accepted.response()), client);

    assertThat(theirs).isNotNull();
    assertThat(theirs.serverTakeover()).isEqualTo(ours.serverTakeover());
    assertThat(theirs.serverWindowBits()).isEqualTo(ours.serverWindowBits());
    // The client may use less than the server allows it.
    assertThat(theirs.clientWindowBits()).isLessThanOrEqualTo(ours.clientWindowBits());
    if (theirs.clientTakeover()) assertThat(ours.clientTakeover()).isTrue();
  }

  private static Extension single(String value) {
    List<Extension> elements = Extension.parse(List.of(value));
    assertThat(elements).as(value).hasSize(1);
    return elements.getFirst();
  }
}
