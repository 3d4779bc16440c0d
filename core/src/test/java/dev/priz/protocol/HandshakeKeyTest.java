package dev.priz.protocol;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandshakeKeyTest {
  // RFC 6455 §1.3 works this example.
  @Test
  void encodesTheSampleNonce() {
    assertThat(HandshakeKey.of("the sample nonce".getBytes(US_ASCII)))
        .isEqualTo("dGhlIHNhbXBsZSBub25jZQ==");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 15, 17})
  void refusesNonceOfAnotherLength(int length) {
    assertThatThrownBy(() -> HandshakeKey.of(new byte[length]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("nonce is " + length + " bytes, needed are 16");
  }

  @Test
  void hs01AnswersTheSampleKey() {
    assertThat(HandshakeKey.accept("dGhlIHNhbXBsZSBub25jZQ=="))
        .isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
  }

  @Test
  void hs10AnswersTheTextOfTheKeyAndNotItsBytes() {
    assertThat(HandshakeKey.accept("AAAAAAAAAAAAAAAAAAAAAB=="))
        .isEqualTo("NRJrplgTSmBqvVaQhF+6peBS1S8=");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dGhlIHNhbXBsZSBub25jZQ==",
        "AAAAAAAAAAAAAAAAAAAAAA==",
        "AAAAAAAAAAAAAAAAAAAAAB==",
        "//////////////////////=="
      })
  void hs09TakesSixteenBytes(String key) {
    assertThat(HandshakeKey.isValid(key)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "AAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAA=",
        "AAAAAAAAAAAAAAAAAAAAA===",
        "AAAA==AAAAAAAAAAAAAAAA==",
        "AAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAA*==",
        "AAAAAAAAAAAAAAAAAAAAA_==",
        "AAAAAAAAAAAAAAAAAAAAA ==",
        "AAAAAAAAAAAAAAAAAAAAAé==",
        "AAAAAAAAAAAAAAAAAAAAA\u0141=="
      })
  void hs09RefusesEverythingElse(String key) {
    assertThat(HandshakeKey.isValid(key)).isFalse();
  }

  @Test
  void hs09RefusesTenKibibytes() {
    assertThat(HandshakeKey.isValid("A".repeat(10_238) + "==")).isFalse();
  }
}
