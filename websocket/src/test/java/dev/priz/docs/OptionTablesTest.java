package dev.priz.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.ConnectionOptions;
import dev.priz.protocol.DeflateOptions;
import dev.priz.protocol.Limits;
import dev.priz.protocol.Timeouts;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Every option stands in the documentation with the default that it has. */
class OptionTablesTest {
  static final Record[] DEFAULTS = {
    Limits.DEFAULT, Timeouts.DEFAULT, ConnectionOptions.DEFAULT, DeflateOptions.SHARED
  };

  @ParameterizedTest
  @FieldSource("DEFAULTS")
  void hasARowForEachOption(Record defaults) throws ReflectiveOperationException {
    String name = defaults instanceof DeflateOptions ? "compression" : "keep-alive-and-limits";
    String page = Repository.text(Repository.page("docs/how-to/" + name + ".md"));

    for (RecordComponent option : defaults.getClass().getRecordComponents()) {
      Object value = option.getAccessor().invoke(defaults);
      String row = "| `" + option.getName() + "` | " + shown(value) + " |";
      assertThat(page.contains(row)).as(row).isTrue();
    }
  }

  private static String shown(Object value) {
    return switch (value) {
      case Integer number -> String.format(Locale.ROOT, "%,d", number);
      case Duration duration -> duration.toSeconds() + " s";
      case Record ofItsOwn -> "its own table";
      default -> value.toString();
    };
  }
}
