/**
 * The servers that are measured: an echo at {@code /} and a broadcast at {@code /broadcast}, whose
 * text messages go to all connections of that path. Each is what its library's documentation shows,
 * with one event loop where that can be chosen, and without compression unless the client offers it
 * and the system property {@code deflate} is {@code true}, which some need to be told. They are
 * programs of their own, started with a port and, where there is a choice, with what is to be
 * measured.
 */
@NullMarked
package dev.priz.benchmarks.server;

import org.jspecify.annotations.NullMarked;
