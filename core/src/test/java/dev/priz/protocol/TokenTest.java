package dev.priz.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenTest {
  @ParameterizedTest
  @ValueSource(strings = {"a", "z", "A", "Z", "0", "9", "chat", "v1.example", "!#$%&'*+-.^_`|~"})
  void takesTokens(String text) {
    assertThat(Token.isToken(text)).isTrue();
  }

  // The characters on both sides of each range, the delimiters of RFC 9110 §5.6.2, and non-ASCII.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", "a b", "a,b", "\"", "(", ")", "/", ":", ";", "<", "=", ">", "?", "@", "[", "\\",
        "]", "{", "}", "\0", "\t", "\r\n", "\u007F", "é", "\u212A"
      })
  void refusesWhatIsNoToken(String text) {
    assertThat(Token.isToken(text)).isFalse();
  }

  @Test
  void printsOrdinaryTextAsItIs() {
    assertThat(Token.printable("Grüße 😀 \"x\"")).isEqualTo("Grüße 😀 \"x\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\0", "\n", "\u001B", "\u007F", "\u009B", "\u2028", "\u2029", "\u202E", "\uD800"})
  void printsAQuestionMarkForWhatCannotBeSeen(String hidden) {
    assertThat(Token.printable("a" + hidden + "b")).isEqualTo("a?b");
  }

  @Test
  void printsSixtyCharacters() {
    assertThat(Token.printable("x".repeat(60))).isEqualTo("x".repeat(60));
  }

  @Test
  void cutsAfterSixtyCharacters() {
    assertThat(Token.printable("x".repeat(61))).isEqualTo("x".repeat(60) + "...");
  }

  @Test
  void leavesNoHalfCharacterAtTheCut() {
    assertThat(Token.printable("x".repeat(59) + "😀")).isEqualTo("x".repeat(59) + "?...");
  }
}
