package dev.priz.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.priz.protocol.DeflateAgreement.Accepted;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Header values as they stand on the wire; RFC 7692 §7.1, and the examples of §7.1.3. */
class DeflateAgreementTest {
  private static final DeflateOptions ALONE = DeflateOptions.SHARED;
  private static final DeflateOptions TAKEOVER = ALONE.send(true, 15).receive(true, 15);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          permessage-deflate                                    | permessage-deflate
          permessage-deflate; client_max_window_bits            | permessage-deflate
          permessage-deflate; server_no_context_takeover        | permessage-deflate; server_no_context_takeover
          permessage-deflate; client_no_context_takeover        | permessage-deflate; client_no_context_takeover
          permessage-deflate; server_max_window_bits=10         | permessage-deflate; server_max_window_bits=10
          permessage-deflate; server_max_window_bits="10"       | permessage-deflate; server_max_window_bits=10
          permessage-deflate; server_max_window_bits=15         | permessage-deflate; server_max_window_bits=15
          permessage-deflate; client_max_window_bits=9          | permessage-deflate; client_max_window_bits=9
          permessage-deflate; client_max_window_bits=15         | permessage-deflate
          permessage-deflate; client_max_window_bits; server_max_window_bits=8; server_no_context_takeover | permessage-deflate; server_no_context_takeover; server_max_window_bits=8
          """)
  void aServerThatMayKeepContextsGrantsWhatIsAsked(String offer, String response) {
    assertThat(accepted(offer, TAKEOVER).response()).isEqualTo(response);
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 9, 10, 11, 12, 13, 14, 15})
  @DisplayName("PD-12 keeps every window that a client asks for")
  void aServerKeepsEveryWindowThatItIsAskedFor(int bits) {
    Accepted accepted = accepted("permessage-deflate; server_max_window_bits=" + bits, TAKEOVER);

    assertThat(accepted.agreement()).isEqualTo(new DeflateAgreement(true, bits, true, 15));
  }

  @Test
  void aServerThatKeepsNoContextsSaysSo() {
    Accepted accepted = accepted("permessage-deflate; client_max_window_bits", ALONE);

    assertThat(accepted.response())
        .isEqualTo("permessage-deflate; server_no_context_takeover; client_no_context_takeover");
    assertThat(accepted.agreement()).isEqualTo(new DeflateAgreement(false, 15, false, 15));
  }

  @Test
  void aServerHasSmallerWindowsUsedThanOffered() {
    DeflateOptions small = TAKEOVER.send(true, 12).receive(true, 11);

    Accepted accepted =
        accepted("permessage-deflate; server_max_window_bits=14; client_max_window_bits=13", small);

    assertThat(accepted.response())
        .isEqualTo("permessage-deflate; server_max_window_bits=12; client_max_window_bits=11");
    assertThat(accepted.agreement()).isEqualTo(new DeflateAgreement(true, 12, true, 11));
  }

  @Test
  void aServerKeepsNoContextOfAClientThatCannotMakeItsWindowSmallEnough() {
    Accepted accepted = accepted("permessage-deflate", TAKEOVER.receive(true, 12));

    assertThat(accepted.response()).isEqualTo("permessage-deflate; client_no_context_takeover");
    assertThat(accepted.agreement()).isEqualTo(new DeflateAgreement(true, 15, false, 15));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "server_max_window_bits=7",
        "server_max_window_bits=16",
        "server_max_window_bits=08",
        "server_max_window_bits=",
        "server_max_window_bits=x",
        "server_max_window_bits=-8",
        "server_max_window_bits=8.0",
        "server_max_window_bits=100000000000",
        "server_max_window_bits",
        "server_max_window_bits=8; server_max_window_bits=8",
        "client_max_window_bits=7",
        "client_max_window_bits=16",
        "client_max_window_bits=09",
        "client_max_window_bits=",
        "client_max_window_bits; client_max_window_bits",
        "client_max_window_bits; client_max_window_bits=9",
        "server_no_context_takeover=1",
        "server_no_context_takeover=\"\"",
        "server_no_context_takeover; server_no_context_takeover",
        "client_no_context_takeover=true",
        "client_no_context_takeover; client_no_context_takeover",
        "Server_No_Context_Takeover",
        "mystery",
        "mystery=8"
      })
  void anOfferWithAFaultIsDeclinedAndTheNextTaken(String fault) {
    String faulty = "permessage-deflate; " + fault;

    assertThat(accept(faulty, TAKEOVER)).as("alone").isNull();
    assertThat(accepted(faulty + ", permessage-deflate; server_max_window_bits=9", TAKEOVER))
        .extracting(Accepted::response)
        .isEqualTo("permessage-deflate; server_max_window_bits=9");
  }

  @Test
  void otherExtensionsArePassedOver() {
    assertThat(accept("x-webkit-deflate-frame, bbf-usp-protocol", TAKEOVER)).isNull();
    assertThat(accepted("foo; bar, permessage-deflate", TAKEOVER).response())
        .isEqualTo("permessage-deflate");
    assertThat(accept("", TAKEOVER)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          true  | 15 | true  | 15 | permessage-deflate; client_max_window_bits
          false | 15 | false | 15 | permessage-deflate; server_no_context_takeover; client_no_context_takeover; client_max_window_bits
          true  | 10 | true  | 12 | permessage-deflate; server_max_window_bits=12; client_max_window_bits=10
          """)
  void aClientOffersWhatItWants(
      boolean send, int sendBits, boolean receive, int receiveBits, String offer) {
    assertThat(DeflateAgreement.offer(ALONE.send(send, sendBits).receive(receive, receiveBits)))
        .isEqualTo(offer);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          permessage-deflate                              | true  | 15 | true  | 15
          permessage-deflate; server_no_context_takeover  | false | 15 | true  | 15
          permessage-deflate; client_no_context_takeover  | true  | 15 | false | 15
          permessage-deflate; server_max_window_bits=9    | true  | 9  | true  | 15
          permessage-deflate; client_max_window_bits=8    | true  | 15 | true  | 8
          permessage-deflate; client_max_window_bits=15   | true  | 15 | true  | 15
          """)
  void aClientAgreesToLess(
      String response, boolean server, int serverBits, boolean client, int clientBits) {
    assertThat(agreed(response, TAKEOVER))
        .isEqualTo(new DeflateAgreement(server, serverBits, client, clientBits));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "permessage-deflate; server_max_window_bits=13; client_max_window_bits=10",
        "permessage-deflate; server_max_window_bits=12; client_max_window_bits=11",
        "permessage-deflate; client_max_window_bits=10",
        "permessage-deflate"
      })
  void aClientFailsAServerThatUsesMoreThanWasOffered(String response) {
    assertThat(agreed(response, TAKEOVER.send(true, 10).receive(true, 12))).isNull();
  }

  @Test
  void aClientKeepsItsOwnSmallWindowThoughTheServerIsSilentOnIt() {
    DeflateOptions small = TAKEOVER.send(true, 10);

    assertThat(agreed("permessage-deflate", small))
        .isEqualTo(new DeflateAgreement(true, 15, true, 10));
  }

  @Test
  void aClientFailsAServerThatKeepsItsContextThoughAskedNotTo() {
    assertThat(agreed("permessage-deflate", ALONE)).isNull();
    assertThat(agreed("permessage-deflate; server_no_context_takeover", ALONE))
        .isEqualTo(new DeflateAgreement(false, 15, false, 15));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x-webkit-deflate-frame",
        "permessage-deflate; client_max_window_bits",
        "permessage-deflate; server_max_window_bits",
        "permessage-deflate; server_max_window_bits=16",
        "permessage-deflate; server_no_context_takeover=1",
        "permessage-deflate; server_no_context_takeover; server_no_context_takeover",
        "permessage-deflate; mystery"
      })
  void aClientFailsAServerWhoseResponseIsMalformed(String response) {
    assertThat(agreed(response, TAKEOVER)).isNull();
  }

  @Test
  void optionsRefuseWindowsThatDoNotExist() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TAKEOVER.send(true, 7))
        .withMessage("send window bits are 7, the limits are 8 and 15");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TAKEOVER.receive(false, 16))
        .withMessage("receive window bits are 16, the limits are 8 and 15");
  }

  private static Accepted accepted(String offers, DeflateOptions options) {
    Accepted accepted = accept(offers, options);
    assertThat(accepted).as(offers).isNotNull();
    return accepted;
  }

  private static Accepted accept(String offers, DeflateOptions options) {
    return DeflateAgreement.accept(Extension.parse(List.of(offers)), options);
  }

  private static DeflateAgreement agreed(String response, DeflateOptions options) {
    List<Extension> elements = Extension.parse(List.of(response));
    assertThat(elements).hasSize(1);
    return DeflateAgreement.agreed(elements.getFirst(), options);
  }
}
