package dev.gatewarden.app.command.policy;

import dev.gatewarden.app.configuration.Configuration;
import dev.gatewarden.app.configuration.ExceptionEntry;
import dev.gatewarden.app.configuration.Places;
import dev.gatewarden.app.configuration.Reading;
import dev.gatewarden.app.configuration.Setting;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.policy.model.Finding;
import dev.gatewarden.core.policy.model.Finding.Kind;
import dev.gatewarden.gateway.decisionpoint.cedar.PolicyList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Whom two configurations trust to prove callers, to tell whose an object is, and to decide over
/// them. What that does to access no model of ours can tell, so each difference of a value in force
/// is told as one.
public final class Trust {
  private static final int SHOWN = 160;

  private final Reading old;
  private final Reading now;
  private final LocalDate today;
  private final List<Finding> findings = new ArrayList<>();

  /// Sections that only one of the two has: told once, and not by each of their values.
  private final Set<String> whole = new LinkedHashSet<>();

  private Trust(Reading old, Reading now, LocalDate today) {
    this.old = old;
    this.now = now;
    this.today = today;
  }

  /// Each difference, in the order of the newer configuration, then what only the older one says.
  ///
  /// @param today the day (UTC) on which exceptions must hold
  public static List<Finding> between(Reading old, Reading now, LocalDate today) {
    Trust trust = new Trust(old, now, today);
    trust.sections();
    trust.values();
    trust.points();
    trust.exceptions();
    trust.policies();
    return trust.findings;
  }

  /// Sections by the name of the user's own; that an API is new or gone, the model tells.
  private void sections() {
    Map<String, Map<String, ?>> before = named(old.configuration());
    Map<String, Map<String, ?>> after = named(now.configuration());
    after.forEach(
        (section, names) -> {
          Map<String, ?> known = before.getOrDefault(section, Map.of());
          Set<String> all = new LinkedHashSet<>(names.keySet());
          all.addAll(known.keySet());
          for (String name : all) {
            boolean was = known.containsKey(name);
            if (was == names.containsKey(name)) {
              continue;
            }
            String path = section + "." + name;
            whole.add(path + ".");
            if (!section.equals("apis")) {
              add(path, was ? "is gone" : "is new");
            }
          }
        });
  }

  private static Map<String, Map<String, ?>> named(Configuration configuration) {
    Map<String, Map<String, ?>> named = new LinkedHashMap<>();
    named.put("issuers", configuration.issuers());
    named.put("senders", configuration.senders());
    named.put("api-keys", configuration.apiKeys());
    named.put("certificates", configuration.certificates());
    named.put("ledgers", configuration.ledgers());
    named.put("sessions", configuration.sessions());
    named.put("apis", configuration.apis());
    named.put("decision-points", configuration.decisionPoints());
    return named;
  }

  private void values() {
    Map<String, List<String>> before = values(old);
    Map<String, List<String>> after = values(now);
    Set<String> paths = new LinkedHashSet<>(after.keySet());
    paths.addAll(before.keySet());
    for (String path : paths) {
      if (whole.stream().anyMatch(path::startsWith) || path.equals("exceptions")) {
        continue;
      }
      List<String> was = before.getOrDefault(path, List.of());
      List<String> is = after.getOrDefault(path, List.of());
      if (!was.equals(is)) {
        add(path, sentence(was, is));
      } else if (differ(contents(old, path, was), contents(now, path, is))) {
        add(path, "is `" + shown(is) + "` as before, and that file says something else");
      }
    }
  }

  private static boolean differ(@Nullable String before, @Nullable String after) {
    return before != null && after != null && !before.equals(after);
  }

  private static String sentence(List<String> was, List<String> is) {
    if (is.isEmpty()) {
      return "is not set any more, and was `" + shown(was) + "`";
    }
    return "is `"
        + shown(is)
        + "`, and was "
        + (was.isEmpty() ? "not set" : "`" + shown(was) + "`");
  }

  private static String shown(List<String> values) {
    String text = String.join(", ", values);
    return text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
  }

  /// Every value that has to do with access, by its path; the items of a list as one, in any order.
  private static Map<String, List<String>> values(Reading reading) {
    Map<String, Map<String, Map<String, String>>> items = new LinkedHashMap<>();
    for (Setting setting : reading.settings()) {
      Bearing bearing = Bearing.of(setting.path());
      if (bearing == Bearing.TOLD || bearing == Bearing.TOLD_WITH_FILE) {
        int begin = setting.path().indexOf('[');
        int end = setting.path().indexOf(']');
        String path = begin < 0 ? setting.path() : setting.path().substring(0, begin);
        items
            .computeIfAbsent(path, _ -> new LinkedHashMap<>())
            .computeIfAbsent(
                begin < 0 ? "" : setting.path().substring(begin, end), _ -> new TreeMap<>())
            .put(begin < 0 ? "" : setting.path().substring(end + 1), setting.value());
      }
    }
    Map<String, List<String>> values = new LinkedHashMap<>();
    items.forEach(
        (path, each) -> values.put(path, each.values().stream().map(Trust::text).toList()));
    values.replaceAll((_, each) -> each.stream().sorted().toList());
    return values;
  }

  private static String text(Map<String, String> item) {
    List<String> words = new ArrayList<>();
    item.forEach(
        (key, value) -> words.add(key.isEmpty() ? value : key.substring(1) + ": " + value));
    return String.join(" ", words);
  }

  /// What the files say that a value names, or null where it names none that can be read.
  private static @Nullable String contents(Reading reading, String path, List<String> values) {
    if (Bearing.of(path) != Bearing.TOLD_WITH_FILE
        && Bearing.of(path + "[]") != Bearing.TOLD_WITH_FILE) {
      return null;
    }
    StringBuilder all = new StringBuilder();
    for (String value : values) {
      Path file = reading.folder().resolve(value.startsWith("file:") ? value.substring(5) : value);
      if (value.contains("://") || !Files.isRegularFile(file)) {
        return null;
      }
      try {
        all.append(HexFormat.of().formatHex(Files.readAllBytes(file))).append('\n');
      } catch (IOException unread) {
        return null;
      }
    }
    return all.toString();
  }

  /// Policies that decide over an API without being named there.
  private void points() {
    now.configuration()
        .apis()
        .forEach(
            (name, api) -> {
              var before = old.configuration().apis().get(name);
              if (before != null
                  && api.decideBy() == null == (before.decideBy() == null)
                  && !Models.points(now, api).equals(Models.points(old, before))) {
                add("apis." + name + ".decide-by", "others decide over its callers");
              }
            });
  }

  /// An exception lets something through until its end, whatever it excuses.
  private void exceptions() {
    List<ExceptionEntry> before = held(old);
    List<ExceptionEntry> after = held(now);
    for (ExceptionEntry each : after) {
      if (!before.contains(each)) {
        exception(now, each, "is new, or goes further: " + text(each));
      }
    }
    for (ExceptionEntry each : before) {
      if (!after.contains(each)) {
        exception(old, each, "is gone, or goes less far: " + text(each));
      }
    }
  }

  private void exception(Reading reading, ExceptionEntry entry, String sentence) {
    List<ExceptionEntry> all = reading.configuration().exceptions();
    int index = 0;
    while (!bare(all.get(index)).equals(entry)) {
      index++;
    }
    Place place = Places.nearest(reading.source(), "exceptions", String.valueOf(index)).place();
    findings.add(
        new Finding(Kind.TRUST, "exceptions", sentence, place, reading == old ? place : null));
  }

  private List<ExceptionEntry> held(Reading reading) {
    return reading.configuration().exceptions().stream()
        .filter(each -> each.holdsOn(today))
        .map(Trust::bare)
        .toList();
  }

  /// Who answers for it, and why, changes nothing.
  private static ExceptionEntry bare(ExceptionEntry each) {
    return new ExceptionEntry(
        each.guard(),
        each.operation(),
        each.mode(),
        each.issuer(),
        each.decisionPoint(),
        each.allows(),
        "",
        "",
        each.until());
  }

  private static String text(ExceptionEntry each) {
    String what =
        each.guard() != null
            ? "`" + each.guard() + "` at `" + each.operation() + "`"
            : "`" + (each.issuer() != null ? each.issuer() : each.decisionPoint()) + "`";
    return what + ", until " + each.until();
  }

  /// A policy is another where its text is; what it is called says nothing.
  private void policies() {
    List<PolicyList.Stated> before = Models.policies(old);
    List<PolicyList.Stated> after = Models.policies(now);
    for (PolicyList.Stated each : after) {
      if (before.stream().noneMatch(other -> other.text().equals(each.text()))) {
        String sentence = "`" + each.id() + "` is new or another";
        findings.add(new Finding(Kind.TRUST, "policies", sentence, each.place(), null));
      }
    }
    for (PolicyList.Stated each : before) {
      if (after.stream().noneMatch(other -> other.text().equals(each.text()))) {
        String sentence = "`" + each.id() + "` is gone or another";
        findings.add(new Finding(Kind.TRUST, "policies", sentence, each.place(), each.place()));
      }
    }
  }

  private void add(String path, String sentence) {
    findings.add(
        new Finding(
            Kind.TRUST, path, sentence, place(now.source(), path), place(old.source(), path)));
  }

  /// Where a value is written, or what is around it; names of users may have dots in them.
  private static Place place(Node root, String path) {
    Node node = root;
    String left = path;
    while (node instanceof Node.Obj object && !left.isEmpty()) {
      String rest = left;
      String name =
          object.members().keySet().stream()
              .filter(each -> rest.equals(each) || rest.startsWith(each + "."))
              .max(Comparator.comparingInt(String::length))
              .orElse(null);
      Node next = name == null ? null : object.get(name);
      if (name == null || next == null) {
        break;
      }
      node = next;
      left = left.length() == name.length() ? "" : left.substring(name.length() + 1);
    }
    return node.place();
  }
}
