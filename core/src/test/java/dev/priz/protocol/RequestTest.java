package dev.priz.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTest {
  private static Request get(String target, String... headers) {
    return new Request("GET", target, "HTTP/1.1", Headers.of(headers));
  }

  @ParameterizedTest
  @CsvSource({
    "/,/",
    "/chat,/chat",
    "/chat?name=Ada,/chat",
    "/chat/?,/chat/",
    "/a?u=http://b/c,/a",
    "/a/http://b/c,/a/http://b/c",
    "//evil/x,//evil/x",
    "/a%20b,/a%20b",
    "/%61d%6Din,/admin",
    "/a%2fb,/a%2Fb",
    "/%7e%3A{},/~:%7B%7D",
    "/100%,/100%",
    "/%zz%4,/%zz%4",
    "http://example.com/%63hat,/chat",
    "http://example.com/chat?x,/chat",
    "ws://example.com:80/,/",
    "http://example.com,/",
    "http://example.com?u=a/b,/",
    "*,*",
    "1://a/b,1://a/b"
  })
  void pathIsWhatStandsBeforeTheQueryInOneSpelling(String target, String path) {
    assertThat(get(target).path()).isEqualTo(path);
  }

  @ParameterizedTest
  @CsvSource({
    "/?a=1,a=1",
    "/a?b?c,b?c",
    "/a?u=http://b/c,u=http://b/c",
    "http://example.com?u=a/b,u=a/b",
    "/?%20,%20"
  })
  void queryIsWhatStandsBehindTheQuestionMark(String target, String query) {
    assertThat(get(target).query()).isEqualTo(query);
  }

  @Test
  void queryCanBeEmpty() {
    assertThat(get("/?").query()).isEmpty();
  }

  @Test
  void queryIsNullWithoutQuestionMark() {
    assertThat(get("/chat").query()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "/?name=Ada,Ada",
    "/?x=1&name=Ada&name=Bob,Ada",
    "/?name=a+b%20c,a b c",
    "/?name=a%2Bb%26c%3Dd,a+b&c=d",
    "/?n%61me=Ada,Ada",
    "/?name=a=b,a=b",
    "/?name=%C3%A9,é",
    "/?&&x&name=Ada,Ada",
    "/?%zz=1&name=Ada,Ada"
  })
  void queryParameterIsDecoded(String target, String value) {
    assertThat(get(target).queryParameter("name")).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/?name", "/?name=", "/?x=1&name&name=Ada"})
  void queryParameterWithoutValueIsEmpty(String target) {
    assertThat(get(target).queryParameter("name")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/?", "/?Name=Ada", "/?names=Ada", "/name=Ada"})
  void missingQueryParameterIsNull(String target) {
    assertThat(get(target).queryParameter("name")).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/?name=%", "/?name=%zz", "/?name=%FF", "/?name=%+1", "/?name=é"})
  void malformedQueryParameterIsNull(String target) {
    assertThat(get(target).queryParameter("name")).isNull();
  }

  @Test
  void pathSegmentsStandBetweenSlashes() {
    assertThat(get("/chat/blue?a/b").pathSegments()).containsExactly("chat", "blue");
  }

  @Test
  void pathSegmentsOfTheRootAreOneEmptyOne() {
    assertThat(get("/").pathSegments()).containsExactly("");
  }

  @Test
  void pathSegmentsEndEmptyAfterASlash() {
    assertThat(get("/chat/").pathSegments()).containsExactly("chat", "");
  }

  @Test
  void pathSegmentsKeepEmptyOnes() {
    assertThat(get("//evil//x").pathSegments()).containsExactly("", "evil", "", "x");
  }

  @Test
  void pathSegmentsOfTheAbsoluteFormLeaveTheHostOut() {
    assertThat(get("http://example.com/chat").pathSegments()).containsExactly("chat");
  }

  @Test
  void pathSegmentsOfTheAbsoluteFormWithoutPathAreThoseOfTheRoot() {
    assertThat(get("http://example.com?x").pathSegments()).containsExactly("");
  }

  @Test
  void pathSegmentsAreDecodedOneByOne() {
    assertThat(get("/a%2Fb/%C3%A9%20+%25/...").pathSegments())
        .containsExactly("a/b", "é +%", "...");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/%", "/a%2", "/%zz", "/%FF", "/%C0%AF", "/é", "/a/%+1", "/%/a"})
  void malformedPathHasNoSegments(String target) {
    assertThat(get(target).pathSegments()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/.",
        "/..",
        "/a/../b",
        "/a/./b",
        "/%2e%2E",
        "/.%2e/a",
        "//evil/..%2f",
        "/..%5c",
        "/a%2F..",
        "/a%2f.%5Cb",
        "http://example.com/.."
      })
  void hs22PathWithStepsHasNoSegments(String target) {
    assertThat(get(target).pathSegments()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a%00", "/a%0d%0ab", "/%1B[2J", "/%7F", "/%C2%9B", "/a\tb"})
  void pathWithControlCharactersHasNoSegments(String target) {
    assertThat(get(target).pathSegments()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "*", "chat", "?a", "example.com:80", "1://a/b", "http:/a"})
  void targetThatIsNoPathHasNoSegments(String target) {
    assertThat(get(target).pathSegments()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "http://example.com,example.com",
    "HTTPS://EXAMPLE.com:8080/a,EXAMPLE.com:8080",
    "ws://[::1]?x=http://a,[::1]",
    "http://user@a/,user@a"
  })
  void authorityStandsInTheAbsoluteForm(String target, String authority) {
    assertThat(get(target).authority()).isEqualTo(authority);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "//evil/x", "/?u=http://a/b", "*", "example.com:80", "?u=http://a"})
  void otherFormsHaveNoAuthority(String target) {
    assertThat(get(target).authority()).isNull();
  }

  @Test
  void upgradeWantsAWebSocket() {
    assertThat(get("/", "Upgrade", "WebSocket").wantsWebSocket()).isTrue();
  }

  @Test
  void keyWithoutUpgradeWantsAWebSocket() {
    assertThat(get("/", "Sec-WebSocket-Key", "x").wantsWebSocket()).isTrue();
  }

  @Test
  void otherUpgradeWantsNoWebSocket() {
    assertThat(get("/", "Upgrade", "h2c").wantsWebSocket()).isFalse();
  }
}
