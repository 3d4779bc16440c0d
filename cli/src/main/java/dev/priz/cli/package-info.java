/** The {@code priz} command: demos, a client and an echo server. */
@NullMarked
package dev.priz.cli;

import org.jspecify.annotations.NullMarked;
