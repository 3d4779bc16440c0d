package dev.priz.netty;

import org.jspecify.annotations.Nullable;

/**
 * An HTTP proxy.
 *
 * @param authorization value of the field that answers its question for credentials, or null
 */
public record ProxyServer(String host, int port, @Nullable String authorization) {
  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
