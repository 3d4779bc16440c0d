package dev.priz;

import java.net.InetAddress;

/**
 * Decides which redirects a client follows, beyond what {@link
 * WebSocketClientBuilder#followRedirects(RedirectPolicy)} rules out. It is asked on a thread of the
 * client that may block, for as long as the handshake has time; what it throws fails the attempt.
 */
@FunctionalInterface
public interface RedirectPolicy {
  /**
   * Refuses to be sent to a place that only this machine or its network can see, unless the server
   * that redirects is there too: to link-local addresses (169.254.0.0/16 and fe80::/10, where
   * clouds keep credentials of their machines), to the loopback interface, and to the unspecified
   * address. Private networks such as 10.0.0.0/8 are not among them.
   */
  RedirectPolicy GUARDED =
      redirect -> {
        InetAddress from = redirect.fromAddress();
        for (InetAddress to : redirect.toAddresses()) {
          if (to.isLinkLocalAddress() && (from == null || !from.isLinkLocalAddress())) return false;
          boolean isHere = to.isLoopbackAddress() || to.isAnyLocalAddress();
          if (isHere && (from == null || !from.isLoopbackAddress())) return false;
        }
        return true;
      };

  /** Follows redirects to the same host, port and scheme only. */
  RedirectPolicy SAME_ORIGIN = Redirect::isToSameOrigin;

  /** Whether to follow a redirect. */
  boolean allows(Redirect redirect);
}
