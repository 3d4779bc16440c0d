package dev.priz.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The {@code priz} command. Its first argument is the name of another command, to which the rest
 * goes.
 */
@Command(
    name = "priz",
    scope = ScopeType.INHERIT,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = "WebSockets at the command line: demos, a client, an echo server, a load test.",
    synopsisSubcommandLabel = "COMMAND")
public final class Main implements Runnable {
  private static final String[] FOOTER = {
    "",
    "Examples:",
    "  priz demo",
    "  priz connect wss://example.com/chat",
    "  priz echo --port 9001",
    "  echo hi | priz connect ws://127.0.0.1:9001 --count 1",
    "  priz bench ws://127.0.0.1:9001 --rate 20000",
    "",
    "What a command takes: priz COMMAND --help",
    "",
    "Exit status:",
    "  0     done",
    "  1     it failed: no connection, a connection lost, a port that is taken",
    "  2     wrong usage, or no JDK or Maven to run with",
    "  130   ended by Ctrl-C",
    "  143   ended by SIGTERM"
  };

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  private Main() {}

  /** Runs a command and ends the JVM with its status. */
  public static void main(String[] arguments) {
    System.exit(commandLine(Streams.ofProcess()).execute(arguments));
  }

  /** The command, to be run in this JVM. */
  static CommandLine commandLine(Streams streams) {
    var commandLine = new CommandLine(new Main());
    // What they inherit from here, they inherit when they are added.
    commandLine.addSubcommand(new DemoCommand(streams));
    commandLine.addSubcommand(new EchoCommand(streams));
    commandLine.addSubcommand(new ConnectCommand(streams));
    commandLine.addSubcommand(new BenchCommand(streams));
    // What they must not inherit comes after.
    commandLine.getCommandSpec().usageMessage().footer(FOOTER);
    var errors = new ErrorLine(streams.err());
    return commandLine
        .setOut(new PrintWriter(new OutputStreamWriter(streams.out(), UTF_8), true))
        .setErr(new PrintWriter(new OutputStreamWriter(streams.err(), UTF_8), true))
        .setColorScheme(
            Help.defaultColorScheme(streams.outIsTerminal() ? Help.Ansi.AUTO : Help.Ansi.OFF))
        .setUsageHelpLongOptionsMaxWidth(32)
        .setParameterExceptionHandler(errors)
        .setExecutionExceptionHandler(errors);
  }

  /** Prints the help: no command is no mistake. */
  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
