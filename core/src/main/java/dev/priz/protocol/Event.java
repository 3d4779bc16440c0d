package dev.priz.protocol;

/**
 * What {@link Connection#receive} makes of the peer's bytes: a whole {@link Message}, a {@link
 * Part} of one where messages are streamed, or {@link Failed}, after which nothing follows.
 */
public sealed interface Event permits Message, Part, Failed {}
