package dev.priz.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Jackson and this package take the same texts for JSON, and read the same from them. */
final class JsonAgreementTest {
  private static final int ROUNDS = 10_000;

  private final long seed = System.nanoTime();
  private final RandomJson random = new RandomJson(seed);

  @Test
  void agreesOnRandomTexts() {
    System.out.println("json seed " + seed);

    for (int round = 0; round < ROUNDS; round++) {
      String text = random.value();

      assertThat(ReferenceJson.isValue(text)).as("seed %d: %s", seed, text).isTrue();
      ReferenceJson.assertSameVerdict(text);
    }
  }

  @Test
  void agreesOnTextsThatAreNearlyJson() {
    System.out.println("mutated json seed " + seed);

    for (int round = 0; round < ROUNDS; round++) {
      ReferenceJson.assertSameVerdict(random.mutated(random.value()));
    }
  }

  @Test
  void quotesWhatJacksonReadsBack() {
    System.out.println("quoted json seed " + seed);

    for (int round = 0; round < ROUNDS; round++) {
      ReferenceJson.assertQuoted(random.text());
    }
  }
}
