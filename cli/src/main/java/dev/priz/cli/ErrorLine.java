package dev.priz.cli;

import java.io.PrintStream;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Tells of a command's failure in one line, and gives its exit status.
 *
 * @param err where the line goes
 */
record ErrorLine(PrintStream err)
    implements IParameterExceptionHandler, IExecutionExceptionHandler {
  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;
  // What the shell reports of a program that the system ended with SIGPIPE.
  private static final int BROKEN_PIPE = 141;

  @Override
  public int handleParseException(ParameterException mistake, String[] arguments) {
    String command = mistake.getCommandLine().getCommandSpec().qualifiedName();
    print(command, message(mistake) + "; see " + command + " --help");
    return WRONG_USAGE;
  }

  @Override
  public int handleExecutionException(
      Exception thrown, CommandLine commandLine, ParseResult parseResult) throws Exception {
    if (thrown instanceof OutputFailure failure && failure.isBrokenPipe()) return BROKEN_PIPE;
    if (!(thrown instanceof CommandFailure failure)) throw thrown;
    print(commandLine.getCommandSpec().qualifiedName(), failure.line());
    return FAILED;
  }

  private static String message(ParameterException mistake) {
    if (!(mistake instanceof UnmatchedArgumentException unmatched)) {
      String message = String.valueOf(mistake.getMessage());
      return message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
    }
    String first = unmatched.getUnmatched().get(0);
    if (first.startsWith("-")) return "unknown option '" + first + "'";
    boolean isCommand = !mistake.getCommandLine().getSubcommands().isEmpty();
    return (isCommand ? "unknown command '" : "unexpected argument '") + first + "'";
  }

  private void print(String command, String message) {
    err.println(command + ": " + Printable.line(message));
  }
}
