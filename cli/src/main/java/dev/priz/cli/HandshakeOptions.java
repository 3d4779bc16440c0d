package dev.priz.cli;

import dev.priz.TlsOptions;
import dev.priz.WebSocketClient;
import dev.priz.WebSocketClientBuilder;
import dev.priz.protocol.Headers;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of each command that connects: what its handshake says and whom it trusts. */
final class HandshakeOptions {
  @Option(
      names = {"-H", "--header"},
      paramLabel = "'K: V'",
      converter = Arguments.Header.class,
      description = "Send this header field with the handshake; may be repeated.")
  private List<Headers> headers = new ArrayList<>();

  @Option(
      names = "--subprotocol",
      paramLabel = "NAME",
      description = "Offer this subprotocol; may be repeated, the preferred one first.")
  private List<String> subprotocols = new ArrayList<>();

  @Option(names = "--insecure", description = "Trust any certificate, of any host.")
  private boolean insecure;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /**
   * Makes a client that connects so.
   *
   * @param settings what else is set
   * @throws ParameterException if no handshake can carry what was given
   */
  WebSocketClient client(WebSocketClientBuilder settings) {
    settings.subprotocols(subprotocols.toArray(String[]::new));
    for (Headers header : headers) header.forEach(settings::header);
    if (insecure) settings.tls(TlsOptions.CLIENT.insecure());
    try {
      return settings.build();
    } catch (IllegalArgumentException wrongHandshake) {
      throw new ParameterException(spec.commandLine(), wrongHandshake.getMessage());
    }
  }
}
