/** What those who behave notice of those who do not. */
@NullMarked
package dev.priz.benchmarks.siege;

import org.jspecify.annotations.NullMarked;
