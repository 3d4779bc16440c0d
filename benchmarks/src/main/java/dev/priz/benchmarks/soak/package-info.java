/** A server under load for long, to see that it leaves nothing behind and never stands still. */
@NullMarked
package dev.priz.benchmarks.soak;

import org.jspecify.annotations.NullMarked;
