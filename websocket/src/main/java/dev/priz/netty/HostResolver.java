package dev.priz.netty;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** Finds the addresses of a host; may block. */
@FunctionalInterface
public interface HostResolver {
  /** The operating system's, with all that it knows: hosts files, DNS, names of containers. */
  HostResolver SYSTEM = InetAddress::getAllByName;

  /**
   * The addresses of a name, or of an address in letters.
   *
   * @return the preferred ones first
   * @throws UnknownHostException if there are none
   */
  InetAddress[] resolve(String host) throws UnknownHostException;

  /** The address that a host is, for which nothing has to be looked up; null for a name. */
  static @Nullable InetAddress literal(String host) {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(host);
    try {
      return bytes == null ? null : InetAddress.getByAddress(bytes);
    } catch (UnknownHostException impossible) {
      throw new AssertionError("an address has 4 or 16 bytes", impossible);
    }
  }
}
