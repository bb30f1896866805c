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
import org.jspecify.annotations.Nullable;

/// What people answer for: a list of suppressions, each with an owner, a reason and a last day.
public record Suppressions(List<Suppression> entries) {
  public static final Suppressions NONE = new Suppressions(List.of());
  private static final Set<String> WORDS =
      Set.of("finding", "operation", "owner", "because", "until");

  public Suppressions {
    entries = List.copyOf(entries);
  }

  /// Reads `suppressions: [{finding: …, owner: …, because: …, until: …}]`.
  ///
  /// @throws ProblemsException with everything that is wrong with it
  public static Suppressions read(Node node) {
    List<Problem> problems = new ArrayList<>();
    List<Suppression> entries = new ArrayList<>();
    if (!(node instanceof Node.Obj root) || !(root.get("suppressions") instanceof Node.Arr list)) {
      throw new ProblemsException(
          List.of(
              new Problem(node.place(), "a file of suppressions is `suppressions:` and a list")));
    }
    for (Node item : list.items()) {
      Suppression entry = entry(item, problems);
      if (entry != null) {
        entries.add(entry);
      }
    }
    if (!problems.isEmpty()) {
      throw new ProblemsException(problems);
    }
    return new Suppressions(entries);
  }

  private static @Nullable Suppression entry(Node item, List<Problem> problems) {
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
    LocalDate until = day(object, problems);
    return until == null
        ? null
        : new Suppression(
            finding, Tree.text(object, "operation"), owner, because, until, object.place());
  }

  private static String said(Node.Obj object, String word, List<Problem> problems) {
    String text = Tree.text(object, word);
    if (text == null || text.isBlank()) {
      problems.add(new Problem(object.place(), "a suppression needs `" + word + "`"));
      return "";
    }
    return text;
  }

  private static @Nullable LocalDate day(Node.Obj object, List<Problem> problems) {
    String text = said(object, "until", problems);
    try {
      return text.isEmpty() ? null : LocalDate.parse(text);
    } catch (DateTimeException no) {
      Node node = object.get("until");
      Place place = node == null ? object.place() : node.place();
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
        if (rest != null && each.names(rest.finding())) {
          met.add(each);
          if (!each.until().isBefore(today)) {
            Ranked without = without(rest, each);
            if (without != rest) {
              suppressed.add(new Suppressed(rest, each));
            }
            rest = without;
          }
        }
      }
      if (rest != null) {
        left.add(rest);
      }
    }
    List<Problem> stale = new ArrayList<>();
    for (Suppression each : entries) {
      if (!met.contains(each)) {
        stale.add(new Problem(each.place(), "`" + each.finding() + "` is not found any more"));
      } else if (each.until().isBefore(today)) {
        stale.add(
            new Problem(
                each.place(),
                "the suppression of `" + each.finding() + "` ended on " + each.until()));
      }
    }
    return new Split(left, suppressed, stale);
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
