/** The {@code priz} command: demos, a client, an echo server and a load test. */
@NullMarked
package dev.priz.cli;

import org.jspecify.annotations.NullMarked;
