package dev.priz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The paths of a route. */
final class RouteTest {
  @Test
  void matchesItsLiteralSegmentsOnly() {
    Route route = route("/chat/room");

    assertThat(route.match(List.of("chat", "room"))).isEmpty();
    assertThat(route.match(List.of("chat"))).isNull();
    assertThat(route.match(List.of("chat", "other"))).isNull();
    assertThat(route.match(List.of("chat", "room", "more"))).isNull();
    assertThat(route.match(List.of("Chat", "room"))).isNull();
  }

  @Test
  void tellsASlashAtTheEndFromNone() {
    assertThat(route("/chat").match(List.of("chat", ""))).isNull();
    assertThat(route("/chat/").match(List.of("chat", ""))).isEmpty();
    assertThat(route("/").match(List.of(""))).isEmpty();
  }

  @Test
  void namesSegments() {
    Route route = route("/chat/{room}/{user}");

    assertThat(route.match(List.of("chat", "a/b", "Ada")))
        .isEqualTo(Map.of("room", "a/b", "user", "Ada"));
    assertThat(route.match(List.of("chat", "a"))).isNull();
  }

  @Test
  void takesAnyNumberOfSegmentsForAStarAtTheEnd() {
    Route route = route("/files/*");

    assertThat(route.match(List.of("files"))).isEmpty();
    assertThat(route.match(List.of("files", "a"))).isEmpty();
    assertThat(route.match(List.of("files", "a", "b"))).isEmpty();
    assertThat(route.match(List.of("other", "a"))).isNull();
    assertThat(route("/*").match(List.of("whatever", "it", "is"))).isEmpty();
  }

  @Test
  void takesABracePairWithoutANameForALiteral() {
    assertThat(route("/{}").match(List.of("{}"))).isEmpty();
    assertThat(route("/{}").match(List.of("a"))).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "chat", "/*/chat", "/{a}/{a}", "*"})
  void refusesWhatIsNoPattern(String pattern) {
    assertThatThrownBy(() -> route(pattern))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"" + pattern + "\"");
  }

  private static Route route(String pattern) {
    return new Route(pattern, new Receiver.ByCallbacks(ws -> {}));
  }
}
