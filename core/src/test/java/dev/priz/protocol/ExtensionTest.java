package dev.priz.protocol;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.protocol.Extension.Parameter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExtensionTest {
  private static Extension plain(String name) {
    return new Extension(name, List.of());
  }

  private static Extension with(String name, String parameter, String value) {
    return new Extension(name, List.of(new Parameter(parameter, value)));
  }

  @Test
  void readsNoHeaderAsNone() {
    assertThat(Extension.parse(List.of())).isEmpty();
  }

  @Test
  void readsOneName() {
    assertThat(Extension.parse(List.of("permessage-deflate")))
        .containsExactly(plain("permessage-deflate"));
  }

  @Test
  void readsParameterWithoutValue() {
    assertThat(Extension.parse(List.of("foo; bar"))).containsExactly(with("foo", "bar", null));
  }

  @Test
  void readsParameterWithValue() {
    assertThat(Extension.parse(List.of("foo; bar=10"))).containsExactly(with("foo", "bar", "10"));
  }

  @Test
  void readsParametersInOrderAndKeepsDoubleOnes() {
    assertThat(Extension.parse(List.of("foo; b=1; a; b=2")))
        .containsExactly(
            new Extension(
                "foo",
                List.of(
                    new Parameter("b", "1"), new Parameter("a", null), new Parameter("b", "2"))));
  }

  @Test
  void readsSeveralElementsOfOneLine() {
    assertThat(Extension.parse(List.of("foo; a=1, foo, bar")))
        .containsExactly(with("foo", "a", "1"), plain("foo"), plain("bar"));
  }

  @Test
  void readsSeveralLinesAsOneList() {
    assertThat(Extension.parse(List.of("foo", "bar"))).containsExactly(plain("foo"), plain("bar"));
  }

  @Test
  void readsAroundBlanks() {
    assertThat(Extension.parse(List.of("\t foo\t;\ta =  1 , bar ")))
        .containsExactly(with("foo", "a", "1"), plain("bar"));
  }

  // RFC 9110 §5.6.1: "A recipient MUST parse and ignore a reasonable number of empty list elements"
  @ParameterizedTest
  @ValueSource(strings = {"foo,,bar", ",foo, ,bar,", " ,\t,foo,bar , "})
  void ignoresEmptyElements(String value) {
    assertThat(Extension.parse(List.of(value))).containsExactly(plain("foo"), plain("bar"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", ",", " , "})
  void readsListOfEmptyElementsAsNone(String value) {
    assertThat(Extension.parse(List.of(value))).isEmpty();
  }

  @Test
  @DisplayName("HC-10 reads quoted value without quotes")
  void readsQuotedValueWithoutQuotes() {
    assertThat(Extension.parse(List.of("foo; bar=\"10\"")))
        .containsExactly(with("foo", "bar", "10"));
  }

  @Test
  void readsOnAfterQuotedValue() {
    assertThat(Extension.parse(List.of("foo; a=\"1\" ; b, bar")))
        .containsExactly(
            new Extension("foo", List.of(new Parameter("a", "1"), new Parameter("b", null))),
            plain("bar"));
  }

  @Test
  void quotesHideSeparators() {
    assertThat(Extension.parse(List.of("foo; a=\"x, y; z=1\"")))
        .containsExactly(with("foo", "a", "x, y; z=1"));
  }

  @Test
  void readsEscapedCharactersOfQuotedValue() {
    assertThat(Extension.parse(List.of("foo; a=\"\\1\\\"\\\\\"")))
        .containsExactly(with("foo", "a", "1\"\\"));
  }

  @Test
  void readsEmptyQuotedValueAsEmpty() {
    assertThat(Extension.parse(List.of("foo; a=\"\""))).containsExactly(with("foo", "a", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"foo; a=", "foo; a= , ", "foo; a=\t"})
  void readsMissingValueAsEmpty(String value) {
    assertThat(Extension.parse(List.of(value))).containsExactly(with("foo", "a", ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"foo; a=\"", "foo; a=\"1", "foo; a=\"1\\", "foo; a=\"1\\\"", "foo; a=\"1, bar"})
  void readsUnclosedQuoteAsValueThatIsNoToken(String value) {
    assertThat(Extension.parse(List.of(value))).containsExactly(with("foo", "a", "\""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ";",
        "; a",
        "=",
        "foo;",
        "foo; ;a",
        "foo; =1",
        "foo; ,bar",
        "foo=1",
        "foo bar",
        "foo; a b",
        "foo; a=1 2",
        "foo; a==1",
        "foo; a=\"1\"2",
        "foo; a=1\"2\"",
        "\"foo\"",
        "foo/1",
        "föö",
        "foo; a=é",
        "foo; é",
        "foo, bar/1"
      })
  void refusesWhatBreaksTheGrammar(String value) {
    assertThat(Extension.parse(List.of(value))).isNull();
  }

  @Test
  void refusesBadLineAfterGoodOne() {
    assertThat(Extension.parse(List.of("foo", "foo;"))).isNull();
  }

  @Test
  void copiesItsParameters() {
    List<Parameter> parameters = new ArrayList<>();
    Extension extension = new Extension("foo", parameters);

    parameters.add(new Parameter("a", "1"));

    assertThat(extension.parameters()).isEmpty();
  }

  @Test
  @Timeout(value = 1, unit = SECONDS)
  void readsManyBlanksInOnePass() {
    assertThat(Extension.parse(List.of("foo" + " ".repeat(1_000_000) + "x"))).isNull();
  }
}
