/** Runs Priz and other servers side by side under the same load, and reports what each costs. */
@NullMarked
package dev.priz.benchmarks;

import org.jspecify.annotations.NullMarked;
