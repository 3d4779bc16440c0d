package dev.priz.cli;

import dev.priz.protocol.DeflateOptions;
import java.util.Locale;
import java.util.Stack;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The values of {@code --deflate}, by their names in small letters. */
enum DeflateMode {
  SHARED,
  DEDICATED,
  OFF;

  /** What that means to a connection; null for no compression. */
  @Nullable DeflateOptions options() {
    return switch (this) {
      case SHARED -> DeflateOptions.SHARED;
      case DEDICATED -> DeflateOptions.DEDICATED;
      case OFF -> null;
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Takes the value behind the option, or {@link #SHARED} where an address or option follows. */
  static final class Value implements IParameterConsumer {
    @Override
    public void consumeParameters(Stack<String> rest, ArgSpec option, CommandSpec command) {
      String next = rest.isEmpty() ? "-" : rest.peek();
      if (next.startsWith("-") || next.contains("://")) {
        option.setValue(SHARED);
        return;
      }
      for (DeflateMode mode : values()) {
        if (mode.toString().equals(next)) {
          option.setValue(mode);
          rest.pop();
          return;
        }
      }
      throw new ParameterException(
          command.commandLine(),
          "Invalid value for option '--deflate': '%s' is no kind of compression, known are shared, dedicated and off"
              .formatted(next));
    }
  }
}
