package dev.gatewarden.core.change;

import dev.gatewarden.core.change.OperationPairs.Matched;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.Lifecycle;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.document.Place;
import java.time.Duration;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What an API promises its callers about its versions.
///
/// @param newVersion whether breaking changes come with a new version only
/// @param notice how long callers are told before something ends; zero where nothing is promised
public record VersionPolicy(boolean newVersion, Duration notice) {

  /// What goes against the policy from one contract to the next.
  ///
  /// @param changes the changes between them that were not agreed to
  /// @param today (UTC) the day on which an end must have been announced, and have come
  public List<Change> judge(Contract old, Contract now, List<Change> changes, LocalDate today) {
    Ledger ledger = new Ledger();
    if (newVersion && !Version.of(now).isNewerThan(Version.of(old))) {
      notRaised(old, now, changes, ledger);
    }
    if (!notice.isZero()) {
      OperationPairs pairs = OperationPairs.of(old, now);
      if (!Version.of(now).isNewerThan(Version.of(old))) {
        pairs.removed().forEach(each -> removed(each, now, today, ledger));
      }
      pairs.matched().forEach(each -> announced(each, today, ledger));
    }
    return ledger.changes();
  }

  private static void notRaised(Contract old, Contract now, List<Change> changes, Ledger ledger) {
    Set<String> operations = new LinkedHashSet<>();
    int breaking = 0;
    for (Change change : changes) {
      if (change.kind().breaking()) {
        breaking++;
        operations.addAll(change.operations());
      }
    }
    if (breaking > 0) {
      ledger.note(
          Kind.VERSION_NOT_RAISED,
          old.version() + "\n" + now.version(),
          place(old),
          place(now),
          (breaking == 1 ? "a breaking change" : breaking + " breaking changes")
              + ", and version `"
              + Literals.shown(now.version())
              + "` is no new one after `"
              + Literals.shown(old.version())
              + "`",
          operations);
    }
  }

  private static Place place(Contract contract) {
    Node info = contract.source().get("info");
    Node version = info instanceof Obj object ? object.get("version") : null;
    return version == null ? contract.source().place() : version.place();
  }

  private void removed(Operation operation, Contract now, LocalDate today, Ledger ledger) {
    Lifecycle lifecycle = Lifecycle.in(operation.extensions());
    LocalDate sunset = lifecycle == null ? null : lifecycle.sunset();
    boolean ended = lifecycle != null && lifecycle.ended(today);
    if (!ended || sunset == null) {
      ledger.note(
          Kind.REMOVED_WITHOUT_NOTICE,
          Comparison.shown(operation),
          operation.place(),
          now.source().place(),
          "`"
              + Comparison.shown(operation)
              + (sunset == null
                  ? "` is gone, and no day was named"
                  : "` is gone before " + sunset + ", the day that was named"),
          operation.id().name());
    }
  }

  private void announced(Matched pair, LocalDate today, Ledger ledger) {
    Lifecycle old = Lifecycle.in(pair.old().extensions());
    Lifecycle now = Lifecycle.in(pair.now().extensions());
    LocalDate was = old == null ? null : old.sunset();
    LocalDate is = now == null ? null : now.sunset();
    if (now == null || is == null) {
      return;
    }
    String shown = Comparison.shown(pair.now());
    if (old != null && was != null && is.isBefore(was)) {
      ledger.note(
          Kind.SUNSET_HASTENED,
          shared(now.place(), pair),
          old.place(),
          now.place(),
          "`" + shown + "` ends on " + is + ", and " + was + " was named before",
          pair.now().id().name());
    } else if (was == null) {
      LocalDate from = later(now.since(), today);
      long days = ChronoUnit.DAYS.between(from, is);
      if (days < notice.toDays()) {
        ledger.note(
            Kind.NOTICE_TOO_SHORT,
            shared(now.place(), pair),
            pair.old().place(),
            now.place(),
            "`"
                + shown
                + "` ends on "
                + is
                + ", "
                + days(days)
                + " from "
                + from
                + "; "
                + days(notice.toDays())
                + " are promised",
            pair.now().id().name());
      }
    }
  }

  /// What is said for a whole contract is one finding.
  private static String shared(Place place, Matched pair) {
    String own = pair.now().place().pointer();
    return place.pointer().startsWith(own) ? Comparison.shown(pair.now()) : place.pointer();
  }

  /// A notice given today begins today, whatever day is written beside it.
  private static LocalDate later(@Nullable LocalDate since, LocalDate today) {
    return since == null || since.isBefore(today) ? today : since;
  }

  private static String days(long days) {
    return days == 1 ? "1 day" : days + " days";
  }
}
