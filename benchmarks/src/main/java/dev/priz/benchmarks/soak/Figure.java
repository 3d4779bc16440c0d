package dev.priz.benchmarks.soak;

import java.util.Locale;

/** Something that is sampled once a second. */
enum Figure {
  /** Those that the server has. */
  CONNECTIONS("connections", Unit.COUNT),
  /** Messages that the server has received, in a second. */
  MESSAGES("messages", Unit.PER_SECOND),
  /** Connections that the load has opened and behaves well on, in a second. */
  JOINS("joins", Unit.PER_SECOND),
  /** Peers that misbehave, begun in a second. */
  MISDEEDS("misdeeds", Unit.PER_SECOND),
  HEAP("heap used", Unit.MIB),
  /** All objects that are left after a full collection; only sampled when all is quiet. */
  LIVE("live objects", Unit.MIB),
  HEAP_AFTER_GC("heap after the last GC", Unit.MIB),
  NETTY_DIRECT("Netty's direct memory", Unit.MIB),
  JDK_DIRECT("the JDK's direct buffers", Unit.MIB),
  RESIDENT("resident size", Unit.MIB),
  THREADS("threads", Unit.COUNT),
  DESCRIPTORS("descriptors", Unit.COUNT),
  /** The p99 of all probes of the last ten seconds. */
  LOOP_P99("event loops", Unit.MILLIS),
  LOOP_MAX("event loops", Unit.MILLIS),
  /** The same without the time that a loop's thread waited for a processor. */
  LOOP_OWN_P99("without waits for a processor", Unit.MILLIS),
  /** Probes of the loops that came more than 50 ms late, in a second. */
  LATE("probes over 50 ms", Unit.COUNT),
  /** Those of them that waited during a pause of the garbage collector. */
  LATE_BY_GC("probes over 50 ms, by GC", Unit.COUNT),
  /** Others of them, which waited for a processor. */
  LATE_BY_MACHINE("probes over 50 ms, by the machine", Unit.COUNT),
  /** All pauses of the garbage collector in a second. */
  GC_PAUSES("GC pauses", Unit.MILLIS),
  SERVER_CPU("the server's processor time", Unit.CORES),
  LOAD_CPU("the load's processor time", Unit.CORES),
  /** Peers that did not read, given up by the server; since the start. */
  GIVEN_UP("slow readers given up", Unit.COUNT),
  /** The longest time that it took; since the start. */
  GIVEN_UP_AFTER("longest time of a slow reader", Unit.SECONDS),
  /** Echoes that are not what was sent; since the start. */
  WRONG("wrong echoes", Unit.COUNT),
  /** Echoes that did not come within 30 seconds; since the start. */
  UNANSWERED("missing echoes", Unit.COUNT),
  /** Connections that behaved well and ended all the same; since the start. */
  LOST("lost connections", Unit.COUNT),
  /** Connections that behaved well and could not be opened; since the start. */
  REFUSED("refused connections", Unit.COUNT),
  /** Peers that misbehaved and were not rid of in time; since the start. */
  OVERDUE("misdeeds not ended", Unit.COUNT),
  /** Peers of the load that are there, of all kinds. */
  PEERS("peers", Unit.COUNT);

  private final String label;
  private final Unit unit;

  Figure(String label, Unit unit) {
    this.label = label;
    this.unit = unit;
  }

  /** What it is counted in. */
  enum Unit {
    COUNT("", 0),
    PER_SECOND("/s", 0),
    MIB(" MiB", 1),
    MILLIS(" ms", 1),
    SECONDS(" s", 1),
    CORES(" cores", 2);

    private final String suffix;
    private final int digits;

    Unit(String suffix, int digits) {
      this.suffix = suffix;
      this.digits = digits;
    }

    /** A value as people read it, such as {@code 12.5 MiB}. */
    String format(double value) {
      return String.format(Locale.ROOT, "%,." + digits + "f", value) + suffix;
    }
  }

  /** What people call it. */
  String label() {
    return label;
  }

  Unit unit() {
    return unit;
  }
}
