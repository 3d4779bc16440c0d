package dev.priz.netty;

import dev.priz.protocol.OriginPolicy;

/**
 * How a server treats those who come.
 *
 * @param origins which web pages may connect
 * @param secure whether they come over TLS
 * @param link how the links behave that are let in
 */
public record GateOptions(OriginPolicy origins, boolean secure, LinkOptions link) {}
