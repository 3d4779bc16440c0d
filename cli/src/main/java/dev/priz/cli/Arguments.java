package dev.priz.cli;

import dev.priz.Transport;
import dev.priz.protocol.Headers;
import dev.priz.protocol.WebSocketUri;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The kinds of values that options take, each with what it refuses. */
final class Arguments {
  private Arguments() {}

  /** A number between two others. */
  abstract static class WholeNumber implements ITypeConverter<Integer> {
    private final int least;
    private final int most;

    WholeNumber(int least, int most) {
      this.least = least;
      this.most = most;
    }

    @Override
    public Integer convert(String text) {
      boolean isNumber = text.matches("-?\\d{1,10}");
      long number = isNumber ? Long.parseLong(text) : 0;
      if (isNumber && number >= least && number <= most) return (int) number;
      throw refused(text, "is no number from " + least + " to " + most);
    }
  }

  /** A TCP port to listen on. */
  static final class Port extends WholeNumber {
    Port() {
      super(0, 65_535);
    }
  }

  /** A number of threads. */
  static final class Threads extends WholeNumber {
    Threads() {
      super(1, 1_024);
    }
  }

  /** A number of messages. */
  static final class Count extends WholeNumber {
    Count() {
      super(1, Integer.MAX_VALUE);
    }
  }

  /** A number of connections. */
  static final class Connections extends WholeNumber {
    Connections() {
      super(1, 1_000_000);
    }
  }

  /** A number of messages in flight. */
  static final class Pipeline extends WholeNumber {
    Pipeline() {
      super(1, 65_536);
    }
  }

  /** Messages a second, as {@link LoadPlan} has them. */
  static final class Rate implements ITypeConverter<Integer> {
    private static final int DEFAULT = 1_000;
    private static final int MOST = 10_000_000;

    @Override
    public Integer convert(String text) {
      if (text.equals("max")) return LoadPlan.CLOSED_LOOP;
      int rate = text.matches("\\d{1,8}") ? Integer.parseInt(text) : -1;
      if (rate < 0 || rate > MOST) {
        throw refused(text, "is no number of messages a second up to " + MOST + ", nor 'max'");
      }
      return rate == 0 ? DEFAULT : rate;
    }
  }

  /** A host name or address to listen on. */
  static final class Host implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      boolean bracketed = text.startsWith("[") && text.endsWith("]");
      String bare = bracketed ? text.substring(1, text.length() - 1) : text;
      return checked(host -> new WebSocketUri(false, host, 1, "/").host(), bare);
    }
  }

  /** A size in bytes that an array can have. */
  static final class Bytes implements ITypeConverter<Integer> {
    private static final Pattern FORM = Pattern.compile("(\\d{1,10})([KMG]?)");
    private static final int MAX_BYTES = Integer.MAX_VALUE - 64;

    @Override
    public Integer convert(String text) {
      Matcher form = FORM.matcher(text.toUpperCase(Locale.ROOT));
      long bytes = form.matches() ? Long.parseLong(form.group(1)) << shift(form.group(2)) : 0;
      if (bytes >= 1 && bytes <= MAX_BYTES) return (int) bytes;
      throw refused(text, "is no size below 2G such as 1000000, 512K or 64M");
    }

    private static int shift(String unit) {
      return switch (unit) {
        case "K" -> 10;
        case "M" -> 20;
        case "G" -> 30;
        default -> 0;
      };
    }
  }

  /** A time that is not zero. */
  static final class PositiveTime implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      Duration time = new Time().convert(text);
      if (time.isZero()) throw refused(text, "is too short; choose at least 1ms");
      return time;
    }
  }

  /** A time such as 500ms or 2s. */
  static final class Time implements ITypeConverter<Duration> {
    private static final Pattern FORM = Pattern.compile("(\\d{1,6}(?:\\.\\d{1,6})?)(ms|s|m|h)");

    @Override
    public Duration convert(String text) {
      Matcher form = FORM.matcher(text);
      if (!form.matches()) throw refused(text, "is no time such as 500ms, 2s or 1m");
      var number = new BigDecimal(form.group(1));
      return Duration.ofNanos(
          number.multiply(BigDecimal.valueOf(nanos(form.group(2)))).longValue());
    }

    private static long nanos(String unit) {
      return switch (unit) {
        case "ms" -> 1_000_000L;
        case "s" -> 1_000_000_000L;
        case "m" -> 60_000_000_000L;
        default -> 3_600_000_000_000L;
      };
    }
  }

  /** The address of a WebSocket. */
  static final class Address implements ITypeConverter<WebSocketUri> {
    @Override
    public WebSocketUri convert(String text) {
      return checked(WebSocketUri::parse, text);
    }
  }

  /** A header field, its name and value separated by a colon. */
  static final class Header implements ITypeConverter<Headers> {
    @Override
    public Headers convert(String text) {
      int colon = text.indexOf(':');
      // The text is not repeated: it may be a secret.
      if (colon < 0) throw new TypeConversionException("there is no colon in it");
      return checked(
          value -> Headers.of(text.substring(0, colon).strip(), value),
          text.substring(colon + 1).strip());
    }
  }

  /** The operating system's way to do I/O. */
  static final class TransportName implements ITypeConverter<Transport> {
    @Override
    public Transport convert(String text) {
      return checked(Transport::of, text);
    }
  }

  /** How an echo server handles its connections. */
  static final class StyleName implements ITypeConverter<EchoCommand.Style> {
    @Override
    public EchoCommand.Style convert(String text) {
      for (EchoCommand.Style style : EchoCommand.Style.values()) {
        if (style.toString().equals(text)) return style;
      }
      throw refused(text, "is no style, known are callback and loop");
    }
  }

  private static TypeConversionException refused(String text, String why) {
    return new TypeConversionException("'" + text + "' " + why);
  }

  private static <T> T checked(Function<String, T> reader, String text) {
    try {
      return reader.apply(text);
    } catch (IllegalArgumentException refused) {
      throw new TypeConversionException(refused.getMessage());
    }
  }
}
