package dev.gatewarden.platform.probing;

import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.contract.Operation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What everybody sees on purpose, as far as a run shows it, where nobody said whose the objects
/// are.
///
/// Posts, comments and products name somebody, and are for all to see: their list and each of them
/// is shown to everybody, while the service lets nobody but their owners change or delete them. Who
/// knows owners that well does not forget them in two places; it is asked rather than told.
public final class Shared {
  private static final Set<String> SEEN = Set.of("foreign-in-list", "foreign-read");
  private static final List<String> CHANGED =
      List.of("foreign-write", "foreign-delete", "foreign-act");

  private Shared() {}

  /// A report without what is shared by the look of it; each is told as a question.
  ///
  /// @param contract with whose the objects are by a guess
  public static Report without(Report report, Contract contract) {
    Report here = report;
    for (ObjectType type : contract.types().values()) {
      boolean shared =
          isShared(report, contract, type) || Directory.is(contract, type, changed(report, type));
      here = shared ? asking(here, type) : here;
    }
    return here;
  }

  private static boolean isShared(Report report, Contract contract, ObjectType type) {
    Set<String> found = new LinkedHashSet<>();
    for (Found each : report.found()) {
      Operation operation = each.fault().operation();
      if (operation != null && touches(operation, type)) {
        found.add(each.attack().id());
      }
    }
    return found.containsAll(SEEN)
        && CHANGED.stream().noneMatch(found::contains)
        && (CHANGED.stream().anyMatch(probe -> stood(report, contract, probe, type))
            || isCatalogue(contract, type));
  }

  /// Whether nothing shows whose one is, and nobody changes one: a catalogue, which somebody fills.
  private static boolean isCatalogue(Contract contract, ObjectType type) {
    return type.owner() != null
        && type.owner().at() == null
        && contract.operations().stream()
            .filter(each -> touches(each, type))
            .allMatch(each -> each.safe() || creates(each, type));
  }

  private static boolean creates(Operation operation, ObjectType type) {
    return operation.objects().list().stream()
        .filter(each -> each.type().name().equals(type.name()))
        .allMatch(each -> each.does() == ObjectBinding.Does.CREATE);
  }

  /// Whether somebody changed what is another's.
  private static boolean changed(Report report, ObjectType type) {
    return report.found().stream()
        .anyMatch(
            each ->
                CHANGED.contains(each.attack().id())
                    && each.fault().operation() != null
                    && touches(each.fault().operation(), type));
  }

  private static boolean stood(Report report, Contract contract, String probe, ObjectType type) {
    List<String> names = report.withstood().getOrDefault(probe, List.of());
    return contract.operations().stream()
        .anyMatch(each -> touches(each, type) && names.contains(each.id().name()));
  }

  private static boolean touches(Operation operation, ObjectType type) {
    List<ObjectBinding> bindings = operation.objects().list();
    return bindings.stream().anyMatch(each -> each.type().name().equals(type.name()));
  }

  private static Report asking(Report report, ObjectType type) {
    List<Found> kept = new ArrayList<>();
    Map<String, Set<String>> asked = new java.util.LinkedHashMap<>();
    for (Found each : report.found()) {
      Operation operation = each.fault().operation();
      if (operation != null && SEEN.contains(each.attack().id()) && touches(operation, type)) {
        asked
            .computeIfAbsent(operation.id().name(), _ -> new LinkedHashSet<>())
            .add(each.attack().id());
      } else {
        kept.add(each);
      }
    }
    List<Report.Untested> questions = new ArrayList<>();
    String why =
        "everybody sees each `"
            + type.name()
            + "`, and only who owns one may change it: where that is meant, say `access: {read:"
            + " [anyone]}`, and where not, whose they are";
    asked.forEach((name, by) -> questions.add(new Report.Untested(name, why, List.copyOf(by))));
    return new Report(
            kept,
            report.untested(),
            report.withstood(),
            report.left(),
            report.attempts(),
            report.objects())
        .and(questions);
  }
}
