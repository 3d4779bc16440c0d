package dev.priz.cli;

import dev.priz.protocol.Binary;
import dev.priz.protocol.Text;

/** Where a user sees what comes from the server. */
interface Display {
  /**
   * Shows a text message.
   *
   * @throws OutputFailure if that is not possible
   */
  void text(Text message);

  /**
   * Shows a binary message.
   *
   * @throws OutputFailure if that is not possible
   */
  void binary(Binary message);

  /** Tells what else happened. */
  void note(String line);

  /** A binary message in one line. */
  static String summary(Binary message) {
    byte[] data = message.data();
    return "binary, " + data.length + " bytes: " + Printable.hex(data);
  }
}
