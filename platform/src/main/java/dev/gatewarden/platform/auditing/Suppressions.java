package dev.gatewarden.platform.auditing;

import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.document.ProblemsException;
import dev.gatewarden.core.finding.Spot;
import dev.gatewarden.core.finding.Tree;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What people answer for: a list of suppressions, each with an owner, a reason and a last day.
public record Suppressions(List<Suppression> entries) {
  public static final Suppressions NONE = new Suppressions(List.of());
  private static final Set<String> WORDS =
      Set.of("finding", "operation", "owner", "because", "until");

  /// What an id ends with; what does not is a rule or a probe.
  private static final Pattern ID = Pattern.compile(".*-[0-9a-f]{8}");

  public Suppressions {
    entries = List.copyOf(entries);
  }

  /// Reads `suppressions: [{finding: …, owner: …, because: …, until: …}]`.
  ///
  /// @param today nothing is suppressed for more than a year from it
  /// @throws ProblemsException with everything that is wrong with it
  public static Suppressions read(Node node, LocalDate today) {
    List<Problem> problems = new ArrayList<>();
    List<Suppression> entries = new ArrayList<>();
    if (!(node instanceof Node.Obj root) || !(root.get("suppressions") instanceof Node.Arr list)) {
      throw new ProblemsException(
          List.of(
              new Problem(node.place(), "a file of suppressions is `suppressions:` and a list")));
    }
    for (Node item : list.items()) {
      Suppression entry = entry(item, today, problems);
      if (entry != null) {
        entries.add(entry);
      }
    }
    if (!problems.isEmpty()) {
      throw new ProblemsException(problems);
    }
    return new Suppressions(entries);
  }

  private static @Nullable Suppression entry(Node item, LocalDate today, List<Problem> problems) {
    if (!(item instanceof Node.Obj object)) {
      problems.add(new Problem(item.place(), "a suppression is a map"));
      return null;
    }
    for (Node.Member member : object.entries()) {
      if (!WORDS.contains(member.name())) {
        problems.add(
            new Problem(
                member.namePlace(), "`" + member.name() + "` means nothing in a suppression"));
      }
    }
    String finding = said(object, "finding", problems);
    String owner = said(object, "owner", problems);
    String because = said(object, "because", problems);
    String operation = Tree.text(object, "operation");
    if (operation == null && !finding.isEmpty() && !ID.matcher(finding).matches()) {
      problems.add(
          new Problem(
              object.place(),
              "`" + finding + "` is everything that is found so, today and later",
              "name an `operation`, or the id of one finding, as `--format json` tells it"));
    }
    LocalDate until = day(object, today, problems);
    return until == null
        ? null
        : new Suppression(finding, operation, owner, because, until, object.place());
  }

  private static String said(Node.Obj object, String word, List<Problem> problems) {
    String text = Tree.text(object, word);
    if (text == null || text.isBlank()) {
      problems.add(new Problem(object.place(), "a suppression needs `" + word + "`"));
      return "";
    }
    return text;
  }

  private static @Nullable LocalDate day(Node.Obj object, LocalDate today, List<Problem> problems) {
    String text = said(object, "until", problems);
    Node node = object.get("until");
    Place place = node == null ? object.place() : node.place();
    try {
      LocalDate day = text.isEmpty() ? null : LocalDate.parse(text);
      if (day != null && day.isAfter(today.plusYears(1))) {
        problems.add(
            new Problem(
                place,
                "`until` is more than a year away",
                "say `" + today.plusYears(1) + "` or earlier, and answer for it again then"));
      }
      return day;
    } catch (DateTimeException no) {
      problems.add(new Problem(place, "`until` is no day", "write it as `2026-12-31`"));
      return null;
    }
  }

  /// What is left of findings, what was left out, and which suppressions nobody needs.
  ///
  /// @param stale those that have run out or meet nothing
  public record Split(List<Ranked> left, List<Suppressed> suppressed, List<Problem> stale) {
    public Split {
      left = List.copyOf(left);
      suppressed = List.copyOf(suppressed);
      stale = List.copyOf(stale);
    }
  }

  /// Splits findings by what is suppressed on a day.
  public Split split(List<Ranked> findings, LocalDate today) {
    List<Ranked> left = new ArrayList<>();
    List<Suppressed> suppressed = new ArrayList<>();
    Set<Suppression> met = new HashSet<>();
    for (Ranked ranked : findings) {
      Ranked rest = ranked;
      for (Suppression each : entries) {
        if (!each.names(ranked.finding()) || without(ranked, each) == ranked) {
          continue;
        }
        met.add(each);
        if (rest != null && !each.until().isBefore(today)) {
          Ranked without = without(rest, each);
          if (without != rest) {
            suppressed.add(new Suppressed(rest, each));
          }
          rest = without;
        }
      }
      if (rest != null) {
        left.add(rest);
      }
    }
    List<Problem> stale = new ArrayList<>();
    for (Suppression each : entries) {
      if (!met.contains(each)) {
        stale.add(
            new Problem(
                each.place(), "`" + each.finding() + "`" + where(each) + " is not found any more"));
      } else if (each.until().isBefore(today)) {
        stale.add(
            new Problem(
                each.place(),
                "the suppression of `" + each.finding() + "` ended on " + each.until()));
      }
    }
    return new Split(left, suppressed, stale);
  }

  private static String where(Suppression each) {
    return each.operation() == null ? "" : " in `" + each.operation() + "`";
  }

  /// The finding at the operations that are not suppressed; null where nothing is left.
  private static @Nullable Ranked without(Ranked ranked, Suppression by) {
    String operation = by.operation();
    if (operation == null) {
      return null;
    }
    List<Spot> left = new ArrayList<>();
    boolean changed = false;
    for (Spot spot : ranked.finding().spots()) {
      List<String> others =
          spot.operations().stream().filter(each -> !each.equals(operation)).toList();
      boolean concerned = others.size() < spot.operations().size();
      changed |= concerned;
      if (!concerned) {
        left.add(spot);
      } else if (!others.isEmpty()) {
        left.add(new Spot(spot.subject(), spot.place(), others));
      }
    }
    if (!changed) {
      return ranked;
    }
    return left.isEmpty() ? null : new Ranked(ranked.finding().at(left), ranked.risk());
  }
}
