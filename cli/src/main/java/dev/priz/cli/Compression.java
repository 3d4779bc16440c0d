package dev.priz.cli;

import dev.priz.protocol.DeflateOptions;
import java.util.Stack;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The part of a command that says how its connections compress. */
final class Compression {
  @Option(
      names = "--deflate",
      paramLabel = "MODE",
      arity = "0..1",
      parameterConsumer = Value.class,
      description =
          "Compress messages if the peer can: shared, each by itself; dedicated, with references to those before, for "
              + "20 KiB of memory a connection; or off. Default ${DEFAULT-VALUE}.")
  private DeflateMode mode;

  /** Compression as a command has it unless told otherwise. */
  Compression(DeflateMode byDefault) {
    mode = byDefault;
  }

  /** What that means to a connection; null for no compression. */
  @Nullable DeflateOptions options() {
    return switch (mode) {
      case SHARED -> DeflateOptions.SHARED;
      case DEDICATED -> DeflateOptions.DEDICATED;
      case OFF -> null;
    };
  }

  /**
   * Takes the value behind the option, or {@link DeflateMode#SHARED} where an address or option
   * follows.
   */
  static final class Value implements IParameterConsumer {
    @Override
    public void consumeParameters(Stack<String> rest, ArgSpec option, CommandSpec command) {
      String next = rest.isEmpty() ? "-" : rest.peek();
      if (next.startsWith("-") || next.contains("://")) {
        option.setValue(DeflateMode.SHARED);
        return;
      }
      for (DeflateMode mode : DeflateMode.values()) {
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
