package dev.priz.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Locale.ROOT;

import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Function;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * A load test as comma-separated values: a table with a row for each measured second, written as it
 * ends, then an empty line and a table of latencies by percentile.
 */
final class CsvRows implements LoadObserver {
  private static final int STEPS_PER_HALF_DISTANCE = 5;

  private final OutputStream out;
  private final Function<IOException, CommandFailure> failure;
  private final int sizeBytes;

  /**
   * Begins with the head of the first table.
   *
   * @param out borrowed
   * @param failure what to throw if it cannot be written to
   * @param sizeBytes of each message
   */
  CsvRows(OutputStream out, Function<IOException, CommandFailure> failure, int sizeBytes) {
    this.out = out;
    this.failure = failure;
    this.sizeBytes = sizeBytes;
    write(
        "second,sent,received,bytes_received,wrong,unanswered,lost,open,p50_us,p90_us,p99_us,p999_us,max_us\n");
  }

  @Override
  public void warmedUp(Interval interval) {}

  @Override
  public void measured(Interval interval) {
    Counts counts = interval.counts();
    Histogram latencies = interval.latencies();
    write(
        String.format(
            ROOT,
            "%.3f,%d,%d,%d,%d,%d,%d,%d,%s,%s,%s,%s,%s\n",
            interval.endSeconds(),
            counts.sent(),
            counts.received(),
            counts.received() * sizeBytes,
            counts.wrong(),
            counts.unanswered(),
            counts.lost(),
            interval.open(),
            micros(latencies, 50),
            micros(latencies, 90),
            micros(latencies, 99),
            micros(latencies, 99.9),
            micros(latencies, 100)));
  }

  /** Writes the second table. */
  void finish(Histogram latencies) {
    var rows = new StringBuilder("\npercentile,latency_us,messages_up_to\n");
    if (latencies.getTotalCount() > 0) {
      for (HistogramIterationValue step : latencies.percentiles(STEPS_PER_HALF_DISTANCE)) {
        rows.append(
            String.format(
                ROOT,
                "%.6f,%.1f,%d\n",
                step.getPercentileLevelIteratedTo(),
                step.getValueIteratedTo() / 1e3,
                step.getTotalCountToThisValue()));
      }
    }
    write(rows.toString());
  }

  // Empty where nothing was measured: a zero would be a value.
  private static String micros(Histogram latencies, double percentile) {
    if (latencies.getTotalCount() == 0) return "";
    return String.format(ROOT, "%.1f", latencies.getValueAtPercentile(percentile) / 1e3);
  }

  private void write(String rows) {
    try {
      out.write(rows.getBytes(UTF_8));
      out.flush();
    } catch (IOException unwritable) {
      throw failure.apply(unwritable);
    }
  }
}
