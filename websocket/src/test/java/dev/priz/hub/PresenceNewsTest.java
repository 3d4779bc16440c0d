package dev.priz.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.topic.Member;
import org.junit.jupiter.api.Test;

/** Joins and leaves that are told together. */
final class PresenceNewsTest {
  private static final Member ADA = new Member("a", "1");
  private static final Member NAZIM = new Member("n", "2");

  private final Group.PresenceNews news = new Group.PresenceNews();

  @Test
  void tellsWhoHasComeAndWhoHasGone() {
    news.add(ADA, true, 2);
    news.add(NAZIM, false, 1);

    assertThat(news.frame("t"))
        .isEqualTo(frame(1, "{\"id\":\"a\",\"value\":1}", "{\"id\":\"n\",\"value\":2}"));
  }

  @Test
  void tellsOnlyTheGoingOfOneWhoCameAndWent() {
    news.add(ADA, true, 1);
    news.add(ADA, false, 0);

    assertThat(news.frame("t")).isEqualTo(frame(0, "", "{\"id\":\"a\",\"value\":1}"));
  }

  @Test
  void tellsOfOneWhoWentAndCameAgain() {
    news.add(ADA, false, 0);
    news.add(ADA, true, 1);

    assertThat(news.frame("t"))
        .isEqualTo(frame(1, "{\"id\":\"a\",\"value\":1}", "{\"id\":\"a\",\"value\":1}"));
  }

  @Test
  void tellsOfOneWhoWentAndCameAndWent() {
    news.add(ADA, false, 0);
    news.add(ADA, true, 1);
    news.add(ADA, false, 0);

    assertThat(news.frame("t")).isEqualTo(frame(0, "", "{\"id\":\"a\",\"value\":1}"));
  }

  @Test
  void listsAtMostAThousand() {
    for (int i = 1; i <= 1_001; i++) news.add(new Member("m" + i, "0"), true, i);

    assertThat(news.frame("t")).contains("\"count\":1001", "m1000").doesNotContain("m1001");
  }

  private static String frame(int count, String joined, String left) {
    return "{\"type\":\"presence\",\"topic\":\"t\",\"count\":%d,\"joined\":[%s],\"left\":[%s]}"
        .formatted(count, joined, left);
  }
}
