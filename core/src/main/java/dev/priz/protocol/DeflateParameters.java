package dev.priz.protocol;

import dev.priz.protocol.Extension.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of one {@code permessage-deflate} element of a handshake (RFC 7692 §7.1), as they
 * stand there.
 *
 * @param serverMaxWindowBits 8 to 15, or {@link #ABSENT}
 * @param clientMaxWindowBits 8 to 15, {@link #ABSENT}, or {@link #WITHOUT_VALUE}
 */
record DeflateParameters(
    boolean serverNoContextTakeover,
    boolean clientNoContextTakeover,
    int serverMaxWindowBits,
    int clientMaxWindowBits) {
  static final String NAME = "permessage-deflate";
  static final int MIN_BITS = 8;
  static final int MAX_BITS = 15;

  /** Stands for a parameter that is not there. */
  static final int ABSENT = 0;

  /** Stands for {@code client_max_window_bits} alone: any size will do. */
  static final int WITHOUT_VALUE = -1;

  private static final int MALFORMED = -2;

  /**
   * Reads the parameters of an element.
   *
   * @return null if one is unknown, there twice, or has a value that it may not have; RFC 7692 §7
   *     has such an offer declined, and the connection failed over such a response
   */
  static @Nullable DeflateParameters of(Extension element) {
    boolean serverNo = false;
    boolean clientNo = false;
    int serverBits = ABSENT;
    int clientBits = ABSENT;
    for (Parameter parameter : element.parameters()) {
      String value = parameter.value();
      switch (parameter.name()) {
        case "server_no_context_takeover" -> {
          if (serverNo || value != null) return null;
          serverNo = true;
        }
        case "client_no_context_takeover" -> {
          if (clientNo || value != null) return null;
          clientNo = true;
        }
        case "server_max_window_bits" -> {
          if (serverBits != ABSENT || value == null) return null;
          serverBits = bits(value);
        }
        case "client_max_window_bits" -> {
          if (clientBits != ABSENT) return null;
          clientBits = value == null ? WITHOUT_VALUE : bits(value);
        }
        default -> {
          return null;
        }
      }
      if (serverBits == MALFORMED || clientBits == MALFORMED) return null;
    }
    return new DeflateParameters(serverNo, clientNo, serverBits, clientBits);
  }

  /** The element with these parameters. */
  @Override
  public String toString() {
    var element = new StringBuilder(NAME);
    if (serverNoContextTakeover) element.append("; server_no_context_takeover");
    if (clientNoContextTakeover) element.append("; client_no_context_takeover");
    if (serverMaxWindowBits != ABSENT) {
      element.append("; server_max_window_bits=").append(serverMaxWindowBits);
    }
    if (clientMaxWindowBits != ABSENT) {
      element.append("; client_max_window_bits");
      if (clientMaxWindowBits != WITHOUT_VALUE) element.append('=').append(clientMaxWindowBits);
    }
    return element.toString();
  }

  // RFC 7692 §7.1.2.1: "a decimal integer value without leading zeroes between 8 to 15, inclusive"
  private static int bits(String value) {
    return switch (value) {
      case "8", "9", "10", "11", "12", "13", "14", "15" -> Integer.parseInt(value);
      default -> MALFORMED;
    };
  }
}
