package dev.priz;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.priz.netty.ProxyServer;
import dev.priz.protocol.WebSocketUri;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP proxy for a client to connect through, by {@code CONNECT} for {@code ws://} and {@code
 * wss://} servers alike. It looks the servers' names up, and sees of a {@code wss://} connection no
 * more than host and port.
 *
 * @param host name or address, an IPv6 address without brackets
 * @param user null for a proxy that asks for no credentials
 * @param password null with the user
 */
public record ProxyOptions(
    String host, int port, @Nullable String user, @Nullable String password) {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if the host is no name in ASCII and no address, the port is
   *     not between 1 and 65535, there is a user without a password or the reverse, the user name
   *     has a colon, or one of the two a control character
   */
  public ProxyOptions {
    // Its rules for host and port are these.
    var unused = new WebSocketUri(false, host, port, "/");
    if ((user == null) != (password == null)) {
      throw new IllegalArgumentException("user and password come together");
    }
    // RFC 7617 §2: "a user-id containing a colon character is invalid"
    if (user != null && user.contains(":")) {
      throw new IllegalArgumentException("the user name has a colon");
    }
    // RFC 7617 §2: "The user-id and password MUST NOT contain any control characters"
    if (hasControl(user) || hasControl(password)) {
      throw new IllegalArgumentException("user or password has a control character");
    }
  }

  /**
   * A proxy that asks for no credentials.
   *
   * @throws IllegalArgumentException as the constructor
   */
  public static ProxyOptions at(String host, int port) {
    return new ProxyOptions(host, port, null, null);
  }

  /**
   * This proxy with credentials, for when it asks for them with status 407 and the scheme {@code
   * Basic}. They are sent to no one else.
   *
   * @throws IllegalArgumentException as the constructor
   */
  public ProxyOptions credentials(String newUser, String newPassword) {
    return new ProxyOptions(host, port, newUser, newPassword);
  }

  /** Host and port, without credentials. */
  @Override
  public String toString() {
    return "ProxyOptions[" + server() + (user == null ? "]" : ", with credentials]");
  }

  ProxyServer server() {
    if (user == null) return new ProxyServer(host, port, null);
    byte[] both = (user + ":" + password).getBytes(UTF_8);
    return new ProxyServer(host, port, "Basic " + Base64.getEncoder().encodeToString(both));
  }

  private static boolean hasControl(@Nullable String text) {
    return text != null && text.chars().anyMatch(Character::isISOControl);
  }
}
