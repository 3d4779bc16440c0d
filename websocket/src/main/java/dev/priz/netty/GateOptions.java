package dev.priz.netty;

import dev.priz.protocol.OriginPolicy;
import org.jspecify.annotations.Nullable;

/**
 * How a server treats those who come.
 *
 * @param origins which web pages may connect
 * @param secure whether they come over TLS
 * @param link how the links behave that are let in
 * @param admission how many may come in
 * @param forwarding whose word counts about who comes, or null for nobody's
 */
public record GateOptions(
    OriginPolicy origins,
    boolean secure,
    LinkOptions link,
    Admission admission,
    @Nullable Forwarding forwarding) {}
