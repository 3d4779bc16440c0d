package dev.priz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.protocol.Binary;
import dev.priz.protocol.Ping;
import dev.priz.protocol.Pong;
import dev.priz.protocol.Text;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages from one end to the other, over each of the operating system's ways. */
@ParameterizedClass
@MethodSource("dev.priz.Transports#working")
final class MessagesTest {
  @Parameter Transport transport;
  private Ends ends;

  @BeforeEach
  void open() {
    ends = Ends.open(transport);
  }

  @AfterEach
  void close() {
    ends.close();
  }

  @Test
  void usesTheTransportThatWasAskedFor() {
    assertThat(ends.acceptor().transport()).isEqualTo(transport);
  }

  @Test
  void sendsTextFromTheClientToTheServer() {
    ends.client().send("merhaba dünya 🔌");

    assertThat(ends.server().receive()).isEqualTo(new Text("merhaba dünya 🔌"));
  }

  @Test
  void sendsTextFromTheServerToTheClient() {
    ends.server().send("merhaba dünya 🔌");

    assertThat(ends.client().receive()).isEqualTo(new Text("merhaba dünya 🔌"));
  }

  @Test
  void sendsBinaryFromTheClientToTheServer() {
    ends.client().send(new byte[] {0, -1, 127});

    assertThat(ends.server().receive()).isEqualTo(new Binary(new byte[] {0, -1, 127}));
  }

  @Test
  void sendsBinaryFromTheServerToTheClient() {
    ends.server().send(new byte[] {0, -1, 127});

    assertThat(ends.client().receive()).isEqualTo(new Binary(new byte[] {0, -1, 127}));
  }

  @Test
  void sendsEmptyMessages() {
    ends.client().send("");
    ends.client().send(new byte[0]);

    assertThat(ends.server().receive()).isEqualTo(new Text(""));
    assertThat(ends.server().receive()).isEqualTo(new Binary(new byte[0]));
  }

  @Test
  void sendsMessagesOfEveryLengthWhereTheHeaderChanges() {
    for (int length : new int[] {1, 125, 126, 127, 65_535, 65_536, 200_000}) {
      ends.client().send("x".repeat(length));

      assertThat(ends.server().receive().text()).isEqualTo("x".repeat(length));
    }
  }

  @Test
  void sendsAPingAndGetsItsPong() throws InterruptedException {
    var pongs = new LinkedBlockingQueue<byte[]>();
    ends.client().onPong(pongs::add);
    ends.server().showControlFrames();

    ends.client().sendPing(new byte[] {1, 2, 3});

    assertThat(ends.server().receive()).isEqualTo(new Ping(new byte[] {1, 2, 3}));
    assertThat(Soon.next(pongs)).containsExactly(1, 2, 3);
  }

  @Test
  void sendsAPongThatNobodyAskedFor() {
    ends.server().showControlFrames();

    ends.client().sendPong(new byte[] {9});

    assertThat(ends.server().receive()).isEqualTo(new Pong(new byte[] {9}));
  }

  @Test
  void answersWithCallbacksOnBothEnds() throws InterruptedException {
    var replies = new LinkedBlockingQueue<String>();
    ends.server().onText(text -> ends.server().send(text + "!"));
    ends.client().onText(replies::add);

    ends.client().send("one");
    ends.client().send("two");

    assertThat(Soon.next(replies)).isEqualTo("one!");
    assertThat(Soon.next(replies)).isEqualTo("two!");
  }

  @Test
  void endsBothEndsWhenOneCloses() {
    var serverEnd = Threads.call(ends.server()::run);

    ends.client().close(4000, "done");

    assertThat(serverEnd).succeedsWithin(Duration.ofSeconds(10));
    assertThat(ends.client().isOpen()).isFalse();
    assertThat(ends.server().isOpen()).isFalse();
  }
}
