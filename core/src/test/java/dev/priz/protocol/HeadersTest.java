package dev.priz.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadersTest {
  @Test
  void emptyHasNoFields() {
    assertThat(Headers.EMPTY.has("Host")).isFalse();
  }

  @Test
  void findsNamesWithoutRegardToCase() {
    Headers headers = Headers.of("Sec-WebSocket-Key", "k");

    assertThat(headers.first("sec-websocket-KEY")).isEqualTo("k");
  }

  @Test
  void firstIsNullForMissingField() {
    assertThat(Headers.of("A", "1").first("B")).isNull();
  }

  @Test
  void firstIsTheFirstOfSeveral() {
    assertThat(Headers.of("B", "0", "A", "1", "a", "2").first("A")).isEqualTo("1");
  }

  @Test
  void allKeepsTheOrder() {
    assertThat(Headers.of("A", "2", "B", "0", "a", "1").all("A")).containsExactly("2", "1");
  }

  @Test
  void allIsEmptyForMissingField() {
    assertThat(Headers.of("A", "1").all("B")).isEmpty();
  }

  @Test
  void hasAnEmptyValue() {
    assertThat(Headers.of("A", "").has("A")).isTrue();
  }

  @Test
  void withAddsAtTheEnd() {
    assertThat(Headers.of("A", "1").with("A", "2").all("A")).containsExactly("1", "2");
  }

  @Test
  void withLeavesTheOriginalAlone() {
    Headers original = Headers.of("A", "1");

    original.with("B", "2");

    assertThat(original.has("B")).isFalse();
  }

  @Test
  void withOthersAddsAllAtTheEnd() {
    Headers joined = Headers.of("A", "1").with(Headers.of("A", "2", "B", "3"));

    assertThat(joined.all("A")).containsExactly("1", "2");
    assertThat(joined.first("B")).isEqualTo("3");
  }

  @Test
  void withRefusesLineBreak() {
    assertThatThrownBy(() -> Headers.EMPTY.with("A", "x\r\nB: y"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void copiesTheList() {
    List<String> fields = new ArrayList<>(List.of("A", "1"));
    Headers headers = Headers.of(fields);

    fields.set(1, "x\r\nB: y");

    assertThat(headers.first("A")).isEqualTo("1");
  }

  @Test
  void forEachKeepsOrderAndSpelling() {
    List<String> seen = new ArrayList<>();

    Headers.of("B", "2", "a", "1").forEach((name, value) -> seen.add(name + "=" + value));

    assertThat(seen).containsExactly("B=2", "a=1");
  }

  @Test
  void toStringKeepsValuesSecret() {
    assertThat(Headers.of("Authorization", "Bearer 123", "A", "1"))
        .hasToString("[authorization, a]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"upgrade", "UPGRADE", "keep-alive, Upgrade", "a,\tupgrade ,b", ",upgrade"})
  void findsTokenInList(String value) {
    assertThat(Headers.of("Connection", value).hasToken("connection", "Upgrade")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "keep-alive", "upgraded", "up grade", "upgrade;q=1", "\"upgrade\""})
  void findsNoTokenInsideAWord(String value) {
    assertThat(Headers.of("Connection", value).hasToken("Connection", "upgrade")).isFalse();
  }

  @Test
  void findsTokenInTheSecondOfTwoLines() {
    Headers headers = Headers.of("Upgrade", "h2c", "Upgrade", "websocket");

    assertThat(headers.hasToken("Upgrade", "websocket")).isTrue();
  }

  @Test
  void findsNoTokenInAMissingField() {
    assertThat(Headers.EMPTY.hasToken("Upgrade", "websocket")).isFalse();
  }

  @Test
  void refusesNameWithoutValue() {
    assertThatThrownBy(() -> Headers.of("A", "1", "B"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a header name without a value");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a:", "a\r\n", "a\0", "é", "Upgrade ", "(a)"})
  @DisplayName("HC-15 refuses name that is no token")
  void refusesNameThatIsNoToken(String name) {
    assertThatThrownBy(() -> Headers.of(name, "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a token");
  }

  @Test
  @DisplayName("HC-15 refuses line break in value")
  void refusesLineBreakInValue() {
    assertThatThrownBy(() -> Headers.of("A", "x\r\nHost: y"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("value of header A has the character U+000D at index 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\0", "a\n", "\u0001", "\u001F", "\u007F", "\u0100", "\u212A", "😀"})
  @DisplayName("HC-15 refuses control characters and what is no byte")
  void refusesControlCharactersAndWhatIsNoByte(String value) {
    assertThatThrownBy(() -> Headers.of("A", value)).isInstanceOf(IllegalArgumentException.class);
  }

  // RFC 9110 §5.5: field values may hold obs-text, %x80-FF.
  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t", "a\tb", "~", "\u0080", "é", "\u00FF"})
  void keepsBlanksAndObsText(String value) {
    assertThat(Headers.of("A", value).first("A")).isEqualTo(value);
  }

  @Test
  void receivesFields() {
    Headers headers = Headers.received(List.of("Host", "example.com", "A", "é"));

    assertThat(headers).isNotNull();
    assertThat(headers.first("host")).isEqualTo("example.com");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\0", "a\0b", "a\rb", "a\nb", "a\r\n b", "\u007F"})
  void hs21ReceivesNoValueWithControlCharacters(String value) {
    assertThat(Headers.received(List.of("Host", "example.com", "A", value))).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Upgrade ", " Upgrade", "Up\tgrade", "Upgrade\0"})
  void hs21ReceivesNoNameThatIsNoToken(String name) {
    assertThat(Headers.received(List.of(name, "websocket"))).isNull();
  }

  @Test
  void receivesNoNameWithoutValue() {
    assertThat(Headers.received(List.of("A"))).isNull();
  }

  @Test
  void withoutLeavesOutFieldsByTheirNamesInLowerCase() {
    Headers headers = Headers.of("A", "1", "Proxy-X", "2", "B", "3", "PROXY-Y", "4");

    Headers rest = headers.without(name -> name.startsWith("proxy-"));

    assertThat(rest).hasToString("[a, b]");
    assertThat(rest.first("B")).isEqualTo("3");
    assertThat(headers.has("Proxy-X")).isTrue();
  }
}
