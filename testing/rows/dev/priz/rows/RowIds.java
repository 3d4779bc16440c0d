package dev.priz.rows;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The ids of rows in the name of a test, such as {@code HS-02}. */
final class RowIds {
  // "HS-06, HS-38 takes lists" as a display name, "hs06Hs38TakesLists" as a method's.
  private static final Pattern ID =
      Pattern.compile("\\G(HS|HC|FR|CL|U|PD|RS|TL|AP|H2)-?(\\d\\d)(?!\\d),? ?", Pattern.CASE_INSENSITIVE);
  // JUnit numbers the cases of a parameterised test, and quotes their arguments.
  private static final Pattern INDEX = Pattern.compile("^(\\[\\d+\\] )?\"?");

  private RowIds() {}

  /** The ids that a name begins with. */
  static List<String> of(String name) {
    List<String> ids = new ArrayList<>();
    var found = ID.matcher(INDEX.matcher(name).replaceFirst(""));
    while (found.find()) {
      ids.add(found.group(1).toUpperCase(Locale.ROOT) + "-" + found.group(2));
    }
    return ids;
  }
}
