package dev.priz.benchmarks.soak;

import dev.priz.benchmarks.soak.Timeline.Phase;
import dev.priz.benchmarks.soak.Timeline.Sample;
import java.util.List;
import java.util.Locale;

/**
 * Some figures over time, as HTML: the curves are a picture (SVG) that is stretched to the width of
 * the page, the words stand around it and keep their size.
 *
 * @param title what it shows
 * @param series its curves, two at most
 * @param limit where a dashed line is drawn, or 0
 * @param clipped whether what is beyond all values since the first round does not count for the
 *     scale, and is cut off
 */
record Plot(String title, List<Figure> series, double limit, boolean clipped) {
  private static final int WIDTH = 1_000;
  private static final int HEIGHT = 200;
  private static final int MOST_BUCKETS = 240;

  /** A plot of one or two curves. */
  static Plot of(String title, Figure... series) {
    return new Plot(title, List.of(series), 0, false);
  }

  /** This plot with a dashed line. */
  Plot limit(double value) {
    return new Plot(title, series, value, clipped);
  }

  /** This plot without the peaks of the first round. */
  Plot clippedToSoak() {
    return new Plot(title, series, limit, true);
  }

  /** The element. */
  String html(List<Sample> samples) {
    double end = samples.isEmpty() ? 1 : samples.getLast().seconds();
    double highest =
        samples.stream()
            .filter(sample -> !clipped || sample.phase() != Phase.WARM_UP)
            .flatMapToDouble(sample -> series.stream().mapToDouble(sample::value))
            .reduce(limit * 1.2, Math::max);
    double top = roundUp(highest);
    var html = new StringBuilder();
    html.append("<figure><figcaption><b>").append(title).append("</b>");
    for (int i = 0; i < series.size() && series.size() > 1; i++) {
      html.append("<span class='key k").append(i).append("'>");
      html.append(series.get(i).label()).append("</span>");
    }
    html.append("</figcaption><div class='plot'><div class='y'>");
    Figure.Unit unit = series.getFirst().unit();
    for (double part : new double[] {1, 0.5, 0}) {
      html.append("<span>").append(tick(unit, top * part)).append("</span>");
    }
    html.append("</div>").append(svg(samples, end, top)).append("</div><div class='x'>");
    for (int i = 0; i <= 4; i++) {
      html.append("<span>").append(Clock.words(end * i / 4)).append("</span>");
    }
    return html.append("</div></figure>\n").toString();
  }

  private String svg(List<Sample> samples, double end, double top) {
    var svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg viewBox='0 0 %d %d' preserveAspectRatio='none' role='img' aria-label='%s'>",
            WIDTH,
            HEIGHT,
            title.replace("'", "&#39;")));
    for (Phase phase : List.of(Phase.WARM_UP, Phase.SOAK)) band(svg, samples, phase, end);
    line(svg, "grid", HEIGHT / 2.0);
    if (limit > 0) line(svg, "limit", HEIGHT - limit / top * HEIGHT);
    for (int i = 0; i < series.size(); i++) {
      svg.append("<polyline class='c").append(i).append("' points='");
      svg.append(points(samples, series.get(i), end, top)).append("'/>");
    }
    return svg.append("</svg>").toString();
  }

  private static void band(
      StringBuilder svg, List<Sample> samples, Phase phase, double endSeconds) {
    List<Sample> own = samples.stream().filter(sample -> sample.phase() == phase).toList();
    if (own.isEmpty()) return;
    double from = (own.getFirst().seconds() - 1) / endSeconds * WIDTH;
    double to = own.getLast().seconds() / endSeconds * WIDTH;
    svg.append(
        String.format(
            Locale.ROOT,
            "<rect class='%s' x='%.1f' width='%.1f' height='%d'/>",
            phase == Phase.SOAK ? "soak" : "first",
            from,
            to - from,
            HEIGHT));
  }

  private static void line(StringBuilder svg, String style, double y) {
    svg.append(String.format(Locale.ROOT, "<path class='%s' d='M0 %.1fH%d'/>", style, y, WIDTH));
  }

  // The lowest and the highest of some samples that share a place, so that no peak is lost.
  private static String points(List<Sample> samples, Figure figure, double end, double top) {
    int size = (samples.size() + MOST_BUCKETS - 1) / MOST_BUCKETS;
    var points = new StringBuilder();
    for (int from = 0; from < samples.size(); from += size) {
      List<Sample> bucket = samples.subList(from, Math.min(samples.size(), from + size));
      double lowest = bucket.stream().mapToDouble(s -> s.value(figure)).min().orElse(0);
      double highest = bucket.stream().mapToDouble(s -> s.value(figure)).max().orElse(0);
      point(points, bucket.getFirst().seconds() / end, lowest / top);
      if (size > 1) point(points, bucket.getLast().seconds() / end, highest / top);
    }
    return points.toString().trim();
  }

  private static void point(StringBuilder points, double x, double y) {
    points.append(
        String.format(
            Locale.ROOT, "%.1f,%.1f ", x * WIDTH, HEIGHT - Math.min(1, y) * (HEIGHT - 4)));
  }

  private static String tick(Figure.Unit unit, double value) {
    return unit == Figure.Unit.CORES
        ? String.format(Locale.ROOT, "%.2g", value)
        : String.format(Locale.ROOT, value < 10 && value > 0 ? "%.1f" : "%,.0f", value);
  }

  // To a number that divides well.
  private static double roundUp(double value) {
    if (value <= 0) return 1;
    double power = Math.pow(10, Math.floor(Math.log10(value)));
    for (double step : new double[] {1, 1.2, 1.6, 2, 3, 4, 5, 6, 8}) {
      if (value <= step * power) return step * power;
    }
    return 10 * power;
  }
}
