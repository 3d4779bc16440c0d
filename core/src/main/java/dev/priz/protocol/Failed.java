package dev.priz.protocol;

/**
 * The peer broke a rule, so this end fails the connection (RFC 6455 §7.1.7): it sends the
 * violation's close code and ignores all further input.
 *
 * @param violation the rule
 * @param detail what was found and what was expected, without payload bytes
 */
public record Failed(Violation violation, String detail) implements Event {}
