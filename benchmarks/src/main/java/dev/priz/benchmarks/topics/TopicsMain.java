package dev.priz.benchmarks.topics;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Runs both measurements: {@code benchmarks/topics [crowd] [storm] [--transport=NAME]}. */
final class TopicsMain {
  private static final int SUBSCRIBERS = 10_000;
  private static final int CLIENTS = 5_000;
  private static final String TRANSPORT = "--transport=";

  private TopicsMain() {}

  /** Measures what is asked for, or all. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    List<String> asked = Arrays.asList(arguments);
    String transport = "AUTO";
    for (String argument : asked) {
      if (argument.startsWith(TRANSPORT)) transport = argument.substring(TRANSPORT.length());
    }
    boolean all = asked.stream().allMatch(argument -> argument.startsWith(TRANSPORT));
    if (all || asked.contains("crowd")) Crowd.run(SUBSCRIBERS, transport);
    if (all || asked.contains("storm")) Storm.run(CLIENTS, transport);
  }
}
