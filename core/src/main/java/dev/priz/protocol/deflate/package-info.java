/**
 * DEFLATE (RFC 1951) for messages (RFC 7692): made for many short ones, in little memory, with any
 * window from 2^8 to 2^15 bytes.
 */
@NullMarked
package dev.priz.protocol.deflate;

import org.jspecify.annotations.NullMarked;
