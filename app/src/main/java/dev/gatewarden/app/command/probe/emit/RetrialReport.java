package dev.gatewarden.app.command.probe.emit;

import dev.gatewarden.app.command.Terminal;
import dev.gatewarden.app.command.probe.emit.Retrial.Tried;
import dev.gatewarden.app.text.Json;
import dev.gatewarden.app.text.Xml;
import dev.gatewarden.platform.probing.Attempt;
import dev.gatewarden.platform.probing.regression.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What came of probe tests, for people, for pipelines and for machines.
public final class RetrialReport {
  private RetrialReport() {}

  public static String human(List<Tried> all, Terminal terminal) {
    StringBuilder text = new StringBuilder();
    for (Tried each : all) {
      String about = "  " + each.test().finding() + "  " + where(each) + ": ";
      switch (each.outcome()) {
        case Outcome.Gone(int requests) ->
            text.append(terminal.good("gone   "))
                .append(about)
                .append("tried with ")
                .append(requests)
                .append(requests == 1 ? " request\n" : " requests\n");
        case Outcome.Still(String message, List<Attempt> attempts) -> {
          text.append(terminal.bad("there  ")).append(about).append(message).append('\n');
          attempts.forEach(
              one ->
                  text.append("    ")
                      .append(one.status())
                      .append("  ")
                      .append(one.curl())
                      .append('\n'));
        }
        case Outcome.Unknown(String why) ->
            text.append(terminal.strong("unknown")).append(about).append(why).append('\n');
      }
    }
    return text.append(count(all, Outcome.Gone.class))
        .append(" gone, ")
        .append(count(all, Outcome.Still.class))
        .append(" there, ")
        .append(count(all, Outcome.Unknown.class))
        .append(" could not be tried\n")
        .toString();
  }

  public static String json(List<Tried> all) {
    List<Object> tests = new ArrayList<>();
    for (Tried each : all) {
      Map<String, Object> told = new LinkedHashMap<>();
      told.put("file", each.file());
      told.put("finding", each.test().finding());
      told.put("probe", each.test().probe());
      told.put("operation", each.test().operation().isEmpty() ? null : each.test().operation());
      switch (each.outcome()) {
        case Outcome.Gone(int requests) -> {
          told.put("outcome", "gone");
          told.put("requests", requests);
        }
        case Outcome.Still(String message, List<Attempt> attempts) -> {
          told.put("outcome", "there");
          told.put("message", message);
          told.put("curl", attempts.stream().map(Attempt::curl).toList());
        }
        case Outcome.Unknown(String why) -> {
          told.put("outcome", "unknown");
          told.put("why", why);
        }
      }
      tests.add(told);
    }
    Map<String, Object> whole = new LinkedHashMap<>();
    whole.put("tests", tests);
    return Json.text(whole);
  }

  /// A failure is a fault that is there, an error one that could not be tried.
  public static String junit(List<Tried> all) {
    StringBuilder cases = new StringBuilder();
    for (Tried each : all) {
      cases.append("<testcase classname=\"gatewarden.probe.");
      cases.append(Xml.escaped(each.test().probe())).append("\" name=\"");
      cases.append(Xml.escaped(where(each) + " " + each.test().finding())).append('"');
      switch (each.outcome()) {
        case Outcome.Gone _ -> cases.append("/>\n");
        case Outcome.Still(String message, List<Attempt> attempts) -> {
          cases.append("><failure message=\"").append(Xml.escaped(message)).append("\">");
          attempts.forEach(
              one -> cases.append(Xml.escaped(one.status() + " " + one.curl())).append('\n'));
          cases.append("</failure></testcase>\n");
        }
        case Outcome.Unknown(String why) ->
            cases.append("><error message=\"").append(Xml.escaped(why)).append("\"/></testcase>\n");
      }
    }
    String counts =
        "tests=\""
            + all.size()
            + "\" failures=\""
            + count(all, Outcome.Still.class)
            + "\" errors=\""
            + count(all, Outcome.Unknown.class)
            + "\"";
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites "
        + counts
        + ">\n<testsuite name=\"gatewarden probe tests\" "
        + counts
        + ">\n"
        + cases
        + "</testsuite>\n</testsuites>\n";
  }

  /// How many came to that.
  public static long count(List<Tried> all, Class<? extends Outcome> kind) {
    return all.stream().filter(each -> kind.isInstance(each.outcome())).count();
  }

  private static String where(Tried tried) {
    return tried.test().operation().isEmpty() ? "the API" : tried.test().operation();
  }
}
