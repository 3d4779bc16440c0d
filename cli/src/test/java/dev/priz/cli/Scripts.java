package dev.priz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Commands for a {@code PATH} of a test's own. */
final class Scripts {
  private Scripts() {}

  /** Makes a command of this text. */
  static void write(Path file, String text) throws IOException {
    Files.writeString(file, text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  /** Makes a command that is the one of this machine, in a folder. */
  static void link(Path folder, String tool) throws IOException {
    write(folder.resolve(tool), "#!/bin/sh\nexec '" + whereIs(tool) + "' \"$@\"\n");
  }

  private static Path whereIs(String tool) {
    for (String folder : System.getenv("PATH").split(File.pathSeparator, -1)) {
      Path file = Path.of(folder, tool);
      if (Files.isExecutable(file)) return file;
    }
    throw new AssertionError("no " + tool + " on the PATH");
  }
}
