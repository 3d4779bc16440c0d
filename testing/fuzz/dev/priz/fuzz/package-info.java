/** What the fuzz targets of several modules share. */
@NullMarked
package dev.priz.fuzz;

import org.jspecify.annotations.NullMarked;
