/** Payloads for tests and benchmarks of compression. */
@NullMarked
package dev.priz.payloads;

import org.jspecify.annotations.NullMarked;
