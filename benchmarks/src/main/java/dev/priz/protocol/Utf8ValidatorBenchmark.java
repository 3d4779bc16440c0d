package dev.priz.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The check of text, in the scripts that people write. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class Utf8ValidatorBenchmark {
  /** About so many bytes, whole characters. */
  @Param({"20", "1024", "65536"})
  public int bytes;

  /** What is written. */
  @Param public Script script = Script.ASCII;

  private byte[] text = {};

  /** Texts with characters of one to four bytes. */
  public enum Script {
    /** One byte each. */
    ASCII("The quick brown fox jumps over the lazy dog. "),
    /** Mostly one byte, some of two. */
    TURKISH("Pijamalı hasta yağız şoföre çabucak güvendi. "),
    /** Three bytes each. */
    CJK("視野無限廣窗外有藍天微風迎客軟語伴茶"),
    /** Four bytes each. */
    EMOJI("😀🚀🌍🎉🔥💡🎧🧭");

    private final String sample;

    Script(String sample) {
      this.sample = sample;
    }
  }

  /** Makes the text. */
  @Setup
  public void write() {
    int[] points = script.sample.codePoints().toArray();
    var builder = new StringBuilder();
    int size = 0;
    for (int i = 0; size < bytes; i++) {
      String character = Character.toString(points[i % points.length]);
      builder.append(character);
      size += character.getBytes(UTF_8).length;
    }
    text = builder.toString().getBytes(UTF_8);
  }

  /** A whole text at once. */
  @Benchmark
  public boolean validate() {
    var validator = new Utf8Validator();
    return validator.accept(text, 0, text.length) && validator.isComplete();
  }
}
