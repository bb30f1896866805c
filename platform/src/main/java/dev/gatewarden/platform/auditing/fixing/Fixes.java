package dev.gatewarden.platform.auditing.fixing;

import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.finding.Finding;
import dev.gatewarden.core.finding.Remedy;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What remedies make of a contract's text.
///
/// Each edit is held against what it should come to: the edited text is read again, and says what
/// the old one said and the change, in the old order, and nothing else. An edit of which that is
/// not so is not made.
///
/// @param text as it is to be
/// @param made what was done, in the order of the findings
public record Fixes(String text, List<Remedy.Edit> made) {
  /// How often the text is read anew to find the edits that cannot be made.
  private static final int MOST_READINGS = 200;

  public Fixes {
    made = List.copyOf(made);
  }

  /// Which edits are made.
  public enum Level {
    /// Those that take nothing from callers, and say only what holds already.
    SAFE,
    /// Those as well that a person has to read.
    SUGGESTED;

    boolean makes(Remedy.Edit edit) {
      return this == SUGGESTED || edit.safe();
    }
  }

  /// Applies the edits of findings.
  ///
  /// @param origin where the text stands; an edit that touches another document is not made
  public static Fixes of(Place.Origin origin, String text, List<Finding> findings, Level level) {
    Set<Remedy.Edit> wanted = new LinkedHashSet<>();
    for (Finding finding : findings) {
      for (Remedy remedy : finding.remedies()) {
        if (remedy instanceof Remedy.Edit edit && level.makes(edit)) {
          wanted.add(edit);
        }
      }
    }
    return new Run(origin, text).of(List.copyOf(wanted));
  }

  /// The text with one edit made, safe or not; null where it cannot be made and nothing else
  /// changed.
  ///
  /// @param origin where the text stands
  public static @Nullable String with(Place.Origin origin, String text, Remedy.Edit edit) {
    Fixes one = new Run(origin, text).of(List.of(edit));
    return one.made().isEmpty() ? null : one.text();
  }

  /// Makes what can be made of many edits: all at once, or else each half by itself.
  private static final class Run {
    private final Place.Origin origin;
    private final List<Remedy.Edit> made = new ArrayList<>();
    private String text;
    private int readings;

    Run(Place.Origin origin, String text) {
      this.origin = origin;
      this.text = text;
    }

    Fixes of(List<Remedy.Edit> edits) {
      List<Remedy.Edit> last = new ArrayList<>();
      List<Remedy.Edit> first = new ArrayList<>();
      // an item less moves those behind it, by whose index the others know their places
      edits.forEach(each -> (removes(each) ? last : first).add(each));
      make(first);
      make(last);
      return new Fixes(text, made);
    }

    private static boolean removes(Remedy.Edit edit) {
      return edit.changes().stream().anyMatch(each -> each instanceof Remedy.Change.Remove);
    }

    private void make(List<Remedy.Edit> edits) {
      if (edits.isEmpty() || readings++ >= MOST_READINGS) {
        return;
      }
      Plan plan = new Plan(origin);
      List<Remedy.Edit> planned = edits.stream().filter(plan::takes).toList();
      String after = plan.applied(text);
      if (after != null) {
        if (!after.equals(text)) {
          made.addAll(planned);
        }
        text = after;
      } else if (edits.size() > 1) {
        int half = edits.size() / 2;
        make(edits.subList(0, half));
        make(edits.subList(half, edits.size()));
      }
    }
  }
}
