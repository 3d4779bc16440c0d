package dev.priz.protocol;

import static dev.priz.protocol.Splits.closeFrame;
import static dev.priz.protocol.Wire.frameTo;
import static dev.priz.protocol.Wire.join;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A message that this end has no room for, because of what all its connections hold. */
final class ConnectionOverloadTest {
  @ParameterizedTest
  @EnumSource
  void dropsTheMessageAndFailsTheConnection(Side side) {
    Endpoint endpoint = Endpoint.open(side).receive(frameTo(side, "02 03", "61 62 63"));
    assertThat(endpoint.retainedBytes()).isGreaterThanOrEqualTo(3);

    Event failure = endpoint.shed();

    assertThat(failure).isEqualTo(new Failed(Violation.OVERLOAD, "server holds too much now"));
    assertThat(endpoint.retainedBytes()).isZero();
    assertThat(endpoint.takeOutput()).isEqualTo(closeFrame(side, Violation.OVERLOAD));
  }

  @ParameterizedTest
  @EnumSource
  void takesNothingAfterwards(Side side) {
    Endpoint endpoint = Endpoint.open(side).receive(frameTo(side, "02 03", "61 62 63"));
    endpoint.shed();

    endpoint.receive(join(frameTo(side, "80 01", "64"), frameTo(side, "82 01", "65")));

    assertThat(endpoint.outcome().events()).hasSize(1);
    assertThat(endpoint.shed()).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void holdsNothingBetweenMessages(Side side) {
    Endpoint endpoint = Endpoint.open(side).receive(frameTo(side, "82 03", "61 62 63"));

    assertThat(endpoint.retainedBytes()).isZero();
  }
}
