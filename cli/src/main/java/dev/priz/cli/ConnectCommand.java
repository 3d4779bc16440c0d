package dev.priz.cli;

import dev.priz.WebSocket;
import dev.priz.WebSocketClient;
import dev.priz.WebSocketException;
import dev.priz.protocol.Closed;
import dev.priz.protocol.WebSocketUri;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code priz connect}: a client, for a person at a terminal or as a filter in a pipe. */
@Command(
    name = "connect",
    description = {
      "Connects to a server, sends each line of standard input as a text message, and prints the messages that come.",
      "On a terminal, lines can be edited and recalled; Ctrl-D ends the conversation. In a pipe, the end of the input "
          + "does, after a while (--wait), or the number of messages that was asked for (--count).",
      "A binary message is shown as its size and its first bytes in hex; with --binary its content is written as it is.",
      "The exit status is 0 if the connection ended with code 1000, 1001 or none, and after as many messages as "
          + "--count; else 1."
    },
    footer = {
      "",
      "Examples:",
      "  priz connect wss://example.com/chat -H 'Authorization: Bearer ...'",
      "  echo hi | priz connect ws://127.0.0.1:9001 --count 1"
    })
final class ConnectCommand implements Callable<Integer> {
  private static final Duration PIPE_WAIT = Duration.ofSeconds(1);
  private static final int INTERRUPTED = 130;

  private final Streams streams;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Parameters(
      paramLabel = "URL",
      converter = Arguments.Address.class,
      description = "Address, such as ws://127.0.0.1:8080/chat.")
  private WebSocketUri uri;

  @Mixin private final HandshakeOptions handshake = new HandshakeOptions();

  @Option(
      names = "--count",
      paramLabel = "N",
      converter = Arguments.Count.class,
      description = "End after N messages have come; fail if the connection ends before.")
  private @Nullable Integer count;

  @Option(
      names = "--wait",
      paramLabel = "TIME",
      converter = Arguments.Time.class,
      description =
          "Close when the input has ended and no message has come for this long, such as 500ms or 10s; default 1s, "
              + "on a terminal 0s. Has no effect with --count in a pipe.")
  private @Nullable Duration wait;

  @Option(
      names = "--binary",
      description =
          "Send lines as binary messages, and write binary messages that come as they are, nothing added.")
  private boolean binary;

  @Mixin private final Compression compression = new Compression(DeflateMode.SHARED);

  @Option(
      names = {"-v", "--verbose"},
      description =
          "Show on standard error the handshake's outcome, Pings, Pongs and the close code.")
  private boolean verbose;

  ConnectCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws IOException {
    if (verbose) Logging.showMore();
    try (WebSocketClient client = client();
        WebSocket ws = connect(client)) {
      // Raw bytes have no place above a prompt.
      return streams.areTerminal() && !binary ? atPrompt(ws) : inPipe(ws);
    }
  }

  private int atPrompt(WebSocket ws) throws IOException {
    try (Prompt prompt = Prompt.ofProcess()) {
      prompt.note("connected" + agreed(ws) + "; Ctrl-D ends");
      var terms =
          new Conversation.Terms(messages(), wait == null ? Duration.ZERO : wait, binary, verbose);
      Closed closed = new Conversation(ws, prompt, prompt, terms).run();
      boolean surprising = closed.by() != Closed.By.THIS_END;
      if (verbose || surprising) prompt.note(Conversation.describe(closed));
      return prompt.isInterrupted() && !surprising ? INTERRUPTED : 0;
    }
  }

  private int inPipe(WebSocket ws) {
    var pipe = new Pipe(streams, binary);
    if (verbose) pipe.note("connected to " + uri + agreed(ws));
    Duration untilEnd = wait == null ? PIPE_WAIT : wait;
    var terms =
        new Conversation.Terms(messages(), messages() > 0 ? null : untilEnd, binary, verbose);
    Closed closed = new Conversation(ws, pipe, pipe, terms).run();
    if (verbose) pipe.note(Conversation.describe(closed));
    return 0;
  }

  private int messages() {
    return count == null ? 0 : count;
  }

  // What the handshake has settled.
  private String agreed(WebSocket ws) {
    String subprotocol = ws.subprotocol() == null ? "" : ", subprotocol " + ws.subprotocol();
    return ws.isCompressed() && verbose ? subprotocol + ", compressed" : subprotocol;
  }

  private WebSocketClient client() {
    return handshake.client(
        WebSocketClient.builder()
            .deflate(compression.options())
            .limits(LenientLimits.upTo(LenientLimits.MAX_MESSAGE_BYTES)));
  }

  private WebSocket connect(WebSocketClient client) {
    try {
      return client.connect(uri.toString());
    } catch (WebSocketException failure) {
      throw new CommandFailure(ConnectFailure.describe(uri, failure), failure);
    }
  }
}
