/**
 * JMH benchmarks of the protocol's parts. They stand in the package of what they measure, because
 * most of that is visible nowhere else; which works on the class path, where a package may have
 * several homes, and is why this module has no module descriptor.
 */
@NullMarked
package dev.priz.protocol;

import org.jspecify.annotations.NullMarked;
