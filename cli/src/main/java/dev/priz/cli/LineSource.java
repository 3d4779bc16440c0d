package dev.priz.cli;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Where the lines come from that a user sends. */
interface LineSource {
  /**
   * Waits for the next line.
   *
   * @return its bytes without the line break, or null if there are no more
   * @throws IOException if it cannot be read
   */
  byte @Nullable [] next() throws IOException;
}
