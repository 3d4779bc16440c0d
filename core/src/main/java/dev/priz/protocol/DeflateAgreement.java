package dev.priz.protocol;

import static dev.priz.protocol.DeflateParameters.ABSENT;
import static dev.priz.protocol.DeflateParameters.MAX_BITS;
import static dev.priz.protocol.DeflateParameters.WITHOUT_VALUE;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How both sides of a connection compress with {@code permessage-deflate}, once the handshake is
 * done (RFC 7692 §5 and §7.1).
 *
 * @param serverTakeover whether the server's messages may refer to those before
 * @param serverWindowBits how far the server's references reach: base-2 logarithm of bytes
 * @param clientTakeover as {@code serverTakeover}, for the client's messages
 * @param clientWindowBits as {@code serverWindowBits}, for the client's messages
 */
public record DeflateAgreement(
    boolean serverTakeover, int serverWindowBits, boolean clientTakeover, int clientWindowBits) {

  /** Whether messages from this side may refer to those before. */
  boolean takeover(Side sender) {
    return sender == Side.SERVER ? serverTakeover : clientTakeover;
  }

  /** How far back those may reach: base-2 logarithm of bytes. */
  int windowBits(Side sender) {
    return sender == Side.SERVER ? serverWindowBits : clientWindowBits;
  }

  /**
   * A server's choice.
   *
   * @param response the element that tells the client
   */
  record Accepted(DeflateAgreement agreement, String response) {}

  /**
   * Chooses among a client's offers the first that can be met, or null.
   *
   * @param offers all elements of the request, in the client's order of preference
   */
  static @Nullable Accepted accept(List<Extension> offers, DeflateOptions options) {
    for (Extension offer : offers) {
      if (!offer.name().equals(DeflateParameters.NAME)) continue;
      DeflateParameters parameters = DeflateParameters.of(offer);
      // RFC 7692 §7: a malformed offer is declined, and the next may do.
      if (parameters != null) return accept(parameters, options);
    }
    return null;
  }

  /** The element that a client offers. */
  static String offer(DeflateOptions options) {
    return offered(options).toString();
  }

  /**
   * Judges a server's response to {@link #offer}.
   *
   * @return null if the client must fail the connection (RFC 7692 §5.1)
   */
  static @Nullable DeflateAgreement agreed(Extension response, DeflateOptions options) {
    if (!response.name().equals(DeflateParameters.NAME)) return null;
    DeflateParameters answer = DeflateParameters.of(response);
    if (answer == null || answer.clientMaxWindowBits() == WITHOUT_VALUE) return null;
    DeflateParameters offer = offered(options);
    if (offer.serverNoContextTakeover() && !answer.serverNoContextTakeover()) return null;
    // RFC 7692 §7.1.2.1: a server accepts this parameter by one "with the same or smaller value".
    int serverBits = bits(answer.serverMaxWindowBits());
    int clientBits = bits(answer.clientMaxWindowBits());
    if (serverBits > options.receiveWindowBits()) return null;
    // The same for this one, which an answer may leave out.
    boolean asksTooMuch = clientBits > options.sendWindowBits();
    if (answer.clientMaxWindowBits() != ABSENT && asksTooMuch) return null;
    return new DeflateAgreement(
        !answer.serverNoContextTakeover(),
        serverBits,
        options.sendTakeover() && !answer.clientNoContextTakeover(),
        Math.min(clientBits, options.sendWindowBits()));
  }

  private static DeflateParameters offered(DeflateOptions options) {
    int send = options.sendWindowBits();
    int receive = options.receiveWindowBits();
    return new DeflateParameters(
        !options.receiveTakeover(),
        !options.sendTakeover(),
        receive == MAX_BITS ? ABSENT : receive,
        send == MAX_BITS ? WITHOUT_VALUE : send);
  }

  private static Accepted accept(DeflateParameters offer, DeflateOptions options) {
    boolean serverTakeover = options.sendTakeover() && !offer.serverNoContextTakeover();
    int serverBits = Math.min(options.sendWindowBits(), bits(offer.serverMaxWindowBits()));
    // RFC 7692 §7.1.2.2: only a client that says so can be told to use a smaller window.
    boolean canLimit = offer.clientMaxWindowBits() != ABSENT;
    int clientBits =
        canLimit
            ? Math.min(options.receiveWindowBits(), bits(offer.clientMaxWindowBits()))
            : MAX_BITS;
    // A window that cannot be made small enough is not kept, at least.
    boolean clientTakeover =
        options.receiveTakeover()
            && !offer.clientNoContextTakeover()
            && clientBits <= options.receiveWindowBits();
    boolean tellsServerBits = serverBits < MAX_BITS || offer.serverMaxWindowBits() != ABSENT;
    var response =
        new DeflateParameters(
            !serverTakeover,
            !clientTakeover,
            tellsServerBits ? serverBits : ABSENT,
            canLimit && clientBits < MAX_BITS ? clientBits : ABSENT);
    var agreement = new DeflateAgreement(serverTakeover, serverBits, clientTakeover, clientBits);
    return new Accepted(agreement, response.toString());
  }

  private static int bits(int parameter) {
    return parameter == ABSENT || parameter == WITHOUT_VALUE ? MAX_BITS : parameter;
  }
}
