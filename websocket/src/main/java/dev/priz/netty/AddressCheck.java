package dev.priz.netty;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Has a say in where an {@link Attempt} connects to; called on a thread that may block. */
@FunctionalInterface
public interface AddressCheck {
  /**
   * Judges a host by its addresses.
   *
   * @param addresses all of the host's that may be connected to; behind a proxy, which looks names
   *     up itself, only that of a host that is an address, else none
   * @return why not, or null to go on
   */
  @Nullable String refusal(List<InetAddress> addresses);
}
