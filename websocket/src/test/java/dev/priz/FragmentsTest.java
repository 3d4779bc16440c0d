package dev.priz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.priz.protocol.Binary;
import dev.priz.protocol.Opcode;
import dev.priz.protocol.Ping;
import dev.priz.protocol.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages that are sent in fragments, by hand and by themselves. */
final class FragmentsTest {
  private Ends ends;

  @BeforeEach
  void open() {
    ends = Ends.open();
  }

  @AfterEach
  void close() {
    ends.close();
  }

  @Test
  void joinsFragmentsOfText() {
    try (OutgoingMessage message = ends.client().sendFragments(Opcode.TEXT)) {
      message.send("one ");
      message.send("");
      message.send("two");
    }

    assertThat(ends.server().receive()).isEqualTo(new Text("one two"));
  }

  @Test
  void joinsFragmentsOfBinary() {
    try (OutgoingMessage message = ends.client().sendFragments(Opcode.BINARY)) {
      message.send(new byte[] {1});
      message.send(new byte[] {2, 3});
    }

    assertThat(ends.server().receive()).isEqualTo(new Binary(new byte[] {1, 2, 3}));
  }

  @Test
  void sendsAMessageWithoutFragmentsEmpty() {
    ends.client().sendFragments(Opcode.TEXT).close();

    assertThat(ends.server().receive()).isEqualTo(new Text(""));
  }

  @Test
  void letsTheArrayOfAFragmentBeReusedAtOnce() {
    byte[] data = {1};
    try (OutgoingMessage message = ends.client().sendFragments(Opcode.BINARY)) {
      message.send(data);
      data[0] = 2;
      message.send(data);
    }

    assertThat(ends.server().receive()).isEqualTo(new Binary(new byte[] {1, 2}));
  }

  @Test
  void refusesControlOpcodes() {
    assertThatThrownBy(() -> ends.client().sendFragments(Opcode.PING))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ends.client().sendFragments(Opcode.CONTINUATION))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesFragmentsOfTheOtherKind() {
    try (OutgoingMessage message = ends.client().sendFragments(Opcode.TEXT)) {
      assertThatThrownBy(() -> message.send(new byte[1])).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void refusesFragmentsAfterTheEndAndClosesTwice() {
    OutgoingMessage message = ends.client().sendFragments(Opcode.TEXT);
    message.send("whole");
    message.close();
    message.close();

    assertThatThrownBy(() -> message.send("late")).isInstanceOf(IllegalStateException.class);
    ends.client().send("next");
    assertThat(ends.server().receive()).isEqualTo(new Text("whole"));
    assertThat(ends.server().receive()).isEqualTo(new Text("next"));
  }

  @Test
  void refusesAFragmentThatCutsACharacterAndGoesOn() {
    try (OutgoingMessage message = ends.client().sendFragments(Opcode.TEXT)) {
      message.send("a");
      assertThatThrownBy(() -> message.send("\ud83d")).isInstanceOf(IllegalArgumentException.class);
      message.send("b");
    }

    assertThat(ends.server().receive()).isEqualTo(new Text("ab"));
  }

  @Test
  void letsMessagesOfOthersWaitForTheEnd() throws Exception {
    OutgoingMessage message = ends.client().sendFragments(Opcode.TEXT);
    message.send("first ");
    Soon.value(Threads.run(() -> ends.client().send("second")));
    message.send("fragment");
    message.close();

    assertThat(ends.server().receive()).isEqualTo(new Text("first fragment"));
    assertThat(ends.server().receive()).isEqualTo(new Text("second"));
  }

  @Test
  void letsTwoMessagesInFragmentsFollowOneAnother() {
    OutgoingMessage first = ends.client().sendFragments(Opcode.TEXT);
    OutgoingMessage second = ends.client().sendFragments(Opcode.TEXT);
    first.send("1");
    second.send("2");
    first.send("1");
    second.send("2");
    second.close();
    first.close();

    assertThat(ends.server().receive()).isEqualTo(new Text("11"));
    assertThat(ends.server().receive()).isEqualTo(new Text("22"));
  }

  @Test
  void letsPingsPass() {
    ends.server().showControlFrames();
    OutgoingMessage message = ends.client().sendFragments(Opcode.TEXT);
    message.send("begun, ");

    ends.client().sendPing(new byte[] {7});

    assertThat(ends.server().receive()).isEqualTo(new Ping(new byte[] {7}));
    message.send("ended");
    message.close();
    assertThat(ends.server().receive()).isEqualTo(new Text("begun, ended"));
  }

  @Test
  void letsTheOwnerGoOnThoughMuchWaitsBehindItsMessage() throws Exception {
    OutgoingMessage message = ends.client().sendFragments(Opcode.TEXT);
    message.send("first ");
    var others = new ArrayList<CompletableFuture<Void>>();
    for (int i = 0; i < 8; i++) {
      others.add(Threads.run(() -> ends.client().send(new byte[50_000])));
    }
    for (int i = 0; i < 100; i++) message.send("next ");
    message.close();

    assertThat(ends.server().receive().text()).startsWith("first next").endsWith("next next ");
    for (int i = 0; i < 8; i++) {
      assertThat(ends.server().receive()).isEqualTo(new Binary(new byte[50_000]));
    }
    for (var other : others) Soon.value(other);
  }

  @Test
  void flushesInsideAMessage() {
    OutgoingMessage message = ends.client().sendFragments(Opcode.TEXT);
    message.send("flushed");

    ends.client().flush();

    message.close();
    assertThat(ends.server().receive()).isEqualTo(new Text("flushed"));
  }

  @Test
  void closesInsideAMessage() {
    OutgoingMessage message = ends.client().sendFragments(Opcode.TEXT);
    message.send("never ended");
    var end = Threads.call(() -> ends.server().run());

    ends.client().close(4000, "");

    assertThat(end).succeedsWithin(Duration.ofSeconds(10));
    assertThatThrownBy(message::close).isInstanceOf(ConnectionClosedException.class);
  }
}
