/** JMH benchmarks of DEFLATE, in the package of what they measure. */
@NullMarked
package dev.priz.protocol.deflate;

import org.jspecify.annotations.NullMarked;
