package dev.priz.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginPolicyTest {
  private static final OriginPolicy GOOD = OriginPolicy.allow("https://good.example");

  private static Request request(String... headers) {
    return new Request("GET", "/", "HTTP/1.1", Headers.of(headers));
  }

  private static Request from(String origin, String host) {
    return request("Host", host, "Origin", origin);
  }

  @ParameterizedTest
  @CsvSource({
    "http://example.com,example.com",
    "http://example.com,example.com:80",
    "http://example.com:80,example.com",
    "http://example.com:8080,example.com:8080",
    "HTTP://Example.COM,eXAMPLE.com",
    "http://my_service:8080,my_service:8080",
    "http://[::1]:8080,[::1]:8080",
    "https://example.com,example.com",
    "https://example.com,example.com:443"
  })
  void sameOriginPassesInPlainText(String origin, String host) {
    assertThat(OriginPolicy.sameOrigin().refusal(from(origin, host), false)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "https://example.com,example.com",
    "https://example.com,example.com:443",
    "https://example.com:8443,example.com:8443"
  })
  void sameOriginPassesOverTls(String origin, String host) {
    assertThat(OriginPolicy.sameOrigin().refusal(from(origin, host), true)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "https://evil.example,example.com",
    "null,example.com",
    "https://example.com.evil,example.com",
    "https://evilexample.com,example.com",
    "http://example.com:8080,example.com",
    "http://example.com,example.com:8080",
    "http://example.com,example.com:443",
    "https://example.com,example.com:80"
  })
  void hs30RefusesForeignPages(String origin, String host) {
    assertThat(OriginPolicy.sameOrigin().refusal(from(origin, host), false))
        .isEqualTo(
            "origin "
                + origin
                + " is not allowed; the server allows others with OriginPolicy.allow(...)");
  }

  @Test
  void hs30RefusesPlainPageOverTls() {
    Request request = from("http://example.com:443", "example.com:443");

    assertThat(OriginPolicy.sameOrigin().refusal(request, true)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "example.com",
        "//example.com",
        "http:example.com",
        "http://",
        "http://example.com/",
        "http://example.com/x",
        "http://example.com?x",
        "http://example.com#x",
        "http://user@example.com",
        "http://example.com http://example.com",
        "http://example.com, http://example.com",
        "1http://example.com",
        "http://example.com:x"
      })
  void hs30RefusesWhatIsNoOrigin(String origin) {
    assertThat(OriginPolicy.sameOrigin().refusal(from(origin, "example.com"), false)).isNotNull();
  }

  @Test
  void refusalOfLongOriginIsShort() {
    Request request = from("x".repeat(8_000), "example.com");

    assertThat(OriginPolicy.sameOrigin().refusal(request, false)).hasSizeLessThan(200);
  }

  @Test
  void refusesOriginWithoutHost() {
    Request request = request("Origin", "http://example.com");

    assertThat(OriginPolicy.sameOrigin().refusal(request, false)).isNotNull();
  }

  @Test
  void refusesOriginWithMalformedHost() {
    Request request = from("http://example.com", "example.com/");

    assertThat(OriginPolicy.sameOrigin().refusal(request, false)).isNotNull();
  }

  @Test
  void hs31RefusesTwoOrigins() {
    Request request = request("Host", "a", "Origin", "http://a", "Origin", "http://a");

    assertThat(OriginPolicy.sameOrigin().refusal(request, false))
        .isEqualTo("more than one Origin header");
  }

  @Test
  void hs32PassesProgramsByDefault() {
    assertThat(OriginPolicy.sameOrigin().refusal(request("Host", "a"), false)).isNull();
  }

  @Test
  void hs32RefusesProgramsWhereAnOriginIsRequired() {
    OriginPolicy policy = OriginPolicy.sameOrigin().requireOrigin();

    assertThat(policy.refusal(request("Host", "a"), false))
        .isEqualTo("the Origin header is missing");
  }

  @Test
  void hs32PassesPageWhereAnOriginIsRequired() {
    OriginPolicy policy = GOOD.requireOrigin();

    assertThat(policy.refusal(from("https://good.example", "a"), false)).isNull();
  }

  @Test
  void hs32RefusesForeignPageWhereAnOriginIsRequired() {
    OriginPolicy policy = GOOD.requireOrigin();

    assertThat(policy.refusal(from("https://evil.example", "a"), false)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LOCALHOST:8080", "[::1]:8080"})
  void hs32PassesRequestToOneOfTheHosts(String host) {
    OriginPolicy policy = OriginPolicy.sameOrigin().hosts("[::1]", "LocalHost");

    assertThat(policy.refusal(from("http://" + host, host), false)).isNull();
  }

  @Test
  void hs32RefusesReboundPage() {
    OriginPolicy policy = OriginPolicy.sameOrigin().hosts("localhost");
    Request rebound = from("http://evil.example:8080", "evil.example:8080");

    assertThat(policy.refusal(rebound, false)).isEqualTo("the server has no such host");
  }

  @Test
  void hs32RefusesProgramThatAsksForAnotherHost() {
    OriginPolicy policy = OriginPolicy.any().hosts("localhost");

    assertThat(policy.refusal(request("Host", "evil.example"), false)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "localhost/", "localhost.evil.example"})
  void hs32RefusesHostThatIsOnlySimilar(String host) {
    OriginPolicy policy = OriginPolicy.any().hosts("localhost");

    assertThat(policy.refusal(request("Host", host), false)).isNotNull();
  }

  @Test
  void hs32RefusesRequestWithoutHost() {
    assertThat(OriginPolicy.any().hosts("localhost").refusal(request(), false)).isNotNull();
  }

  @Test
  void hostsKeepsTheOtherRules() {
    OriginPolicy policy = GOOD.requireOrigin().hosts("a");

    assertThat(policy.refusal(request("Host", "a"), false)).isNotNull();
    assertThat(policy.refusal(from("https://good.example", "a"), false)).isNull();
  }

  @Test
  void requireOriginKeepsTheHosts() {
    OriginPolicy policy = OriginPolicy.any().hosts("a").requireOrigin();

    assertThat(policy.refusal(from("http://b", "b"), false)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "localhost:8080", "http://localhost", "::1", "*"})
  void hostsRefusesWhatIsNoHost(String name) {
    OriginPolicy policy = OriginPolicy.sameOrigin();

    assertThatThrownBy(() -> policy.hosts(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("\"" + name + "\" is no host such as example.com or [::1]");
  }

  @Test
  void hostsRefusesNone() {
    OriginPolicy policy = OriginPolicy.sameOrigin();

    assertThatThrownBy(policy::hosts).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://good.example", "https://good.example:443", "HTTPS://GOOD.example"})
  void allowedPagePasses(String origin) {
    assertThat(GOOD.refusal(from(origin, "other"), false)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://good.example",
        "http://good.example:443",
        "https://good.example:8443",
        "https://good.example.evil",
        "https://www.good.example",
        "null"
      })
  void hs30RefusesPageThatIsOnlySimilarToAnAllowedOne(String origin) {
    assertThat(GOOD.refusal(from(origin, "other"), false)).isNotNull();
  }

  @Test
  void sameOriginPassesBesideAllowedOnes() {
    assertThat(GOOD.refusal(from("http://other", "other"), false)).isNull();
  }

  @Test
  void browserExtensionCanBeAllowed() {
    OriginPolicy policy = OriginPolicy.allow("chrome-extension://abcdef");

    assertThat(policy.refusal(from("chrome-extension://abcdef", "a"), true)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "*",
        "good.example",
        "https://*.good.example",
        "https://good.example/",
        "https://good.example?x",
        "https://good.example#x"
      })
  void allowRefusesWhatIsNoOrigin(String origin) {
    assertThatThrownBy(() -> OriginPolicy.allow(origin))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("\"" + origin + "\" is no origin such as https://example.com");
  }

  @Test
  void anyPassesForeignPages() {
    assertThat(OriginPolicy.any().refusal(from("https://evil.example", "a"), true)).isNull();
  }

  @Test
  void anyRefusesProgramsWhereAnOriginIsRequired() {
    OriginPolicy policy = OriginPolicy.any().requireOrigin();

    assertThat(policy.refusal(request("Host", "a"), false)).isNotNull();
  }

  @Test
  void anyPassesPagesWithoutAnOriginOfTheirOwn() {
    assertThat(OriginPolicy.any().refusal(from("null", "a"), true)).isNull();
  }
}
