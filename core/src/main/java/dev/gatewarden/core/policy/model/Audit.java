package dev.gatewarden.core.policy.model;

import dev.gatewarden.core.contract.Grant;
import dev.gatewarden.core.contract.ObjectBindings;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Permission;
import dev.gatewarden.core.contract.Security;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.policy.Ownership;
import dev.gatewarden.core.policy.model.Finding.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What is odd about one API as a whole: operations that nobody guards or nobody can use, objects
/// that nobody checks, rules that change nothing.
public final class Audit {
  private static final Set<Whose> ANYBODYS =
      Set.of(Whose.OWN, Whose.SAME_TENANT, Whose.OTHER_TENANT);

  private final List<Finding> findings = new ArrayList<>();

  /// Grants by where they stand and for which verbs, with whether they change nothing anywhere.
  private final Map<Standing, Boolean> idle = new LinkedHashMap<>();

  private record Standing(Place place, String type, boolean reads, Grant grant) {}

  private Audit() {}

  /// Everything that is odd, in the order of the contract.
  public static List<Finding> of(ApiModel api) {
    Audit audit = new Audit();
    api.operations().forEach(audit::operation);
    audit.idle.forEach(
        (grant, nothing) -> {
          if (nothing) {
            audit.idle(api, grant);
          }
        });
    return audit.findings;
  }

  private void operation(OperationModel model) {
    Universe universe = Universe.of(model);
    List<Reach> reaches = universe.callers().stream().map(model::reach).toList();
    List<Reach> admitted = reaches.stream().filter(Reach::admitted).toList();
    anybody(model);
    nobody(model, admitted);
    unchecked(model, admitted);
    alternatives(model, universe, reaches);
    roles(model, universe, reaches);
    grants(model, universe, reaches);
  }

  private void anybody(OperationModel model) {
    Caller without = Caller.standing(Set.of(), Set.of(), Set.of(), false, Set.of(), Set.of());
    if (model.reach(without).admitted()) {
      boolean only = model.operation().security().isPublic();
      add(
          Kind.PUBLIC,
          model,
          only ? "anybody may use it" : "anybody may use it, beside who proves something",
          model.operation().security().place());
    }
  }

  private void nobody(OperationModel model, List<Reach> admitted) {
    Operation operation = model.operation();
    if (admitted.isEmpty()) {
      add(
          Kind.UNREACHABLE,
          model,
          operation.security().stated()
              ? "nobody can bring what it asks for"
              : "the contract says nothing of its callers",
          operation.security().stated() ? operation.security().place() : operation.place());
    } else if (admitted.stream().noneMatch(Reach::useful)) {
      add(Kind.UNREACHABLE, model, "whoever may use it reaches no object", operation.place());
    }
  }

  private void unchecked(OperationModel model, List<Reach> admitted) {
    if (model.operation().objects() instanceof ObjectBindings.Unbound(String why)) {
      add(Kind.UNCHECKED, model, "its objects are not bound: " + why, model.operation().place());
    }
    for (int i = 0; i < model.uses().size(); i++) {
      Use use = model.uses().get(i);
      int at = i;
      if (use.part() == Use.Part.OBJECT
          && !admitted.isEmpty()
          && admitted.stream().allMatch(each -> each.objects().get(at).containsAll(ANYBODYS))) {
        Place excused = model.enforcement().excused(Enforcement.REQUEST, model.operation());
        Place answer = model.enforcement().excused(Enforcement.ANSWER, model.operation());
        Place by = excused == null ? answer : excused;
        boolean open = Ownership.open(use.grants());
        add(
            Kind.UNCHECKED,
            model,
            use.text()
                + ": "
                + (open
                    ? "`anyone` may"
                    : by != null ? "an exception lets everybody" : "whose it is, is not judged"),
            open || by == null ? use.place() : by);
      }
    }
  }

  /// An alternative without which everybody could do the same.
  private void alternatives(OperationModel model, Universe universe, List<Reach> reaches) {
    List<Security.Alternative> alternatives = model.operation().security().alternatives();
    for (int i = 0; alternatives.size() > 1 && i < alternatives.size(); i++) {
      if (same(model.withoutAlternative(i), universe, reaches)) {
        add(
            Kind.SHADOWED,
            model,
            "alternative " + (i + 1) + " of its `security` lets nobody in that the others do not",
            model.operation().security().place());
      }
    }
  }

  private void roles(OperationModel model, Universe universe, List<Reach> reaches) {
    List<String> roles = model.rule().roles();
    Permission permission = Permission.in(model.operation().extensions());
    for (int i = 0; permission != null && roles.size() > 1 && i < roles.size(); i++) {
      if (same(model.withoutRole(roles.get(i)), universe, reaches)) {
        add(
            Kind.SHADOWED,
            model,
            "the role `" + roles.get(i) + "` changes nothing",
            permission.place());
      }
    }
  }

  private void grants(OperationModel model, Universe universe, List<Reach> reaches) {
    for (int i = 0; i < model.uses().size(); i++) {
      Use use = model.uses().get(i);
      for (Grant grant : use.grants()) {
        if (use.granted() && use.grants().size() > 1 && !(grant instanceof Grant.Anyone)) {
          idle.merge(
              new Standing(use.place(), use.type().name(), use.does().reads(), grant),
              same(model.withoutGrant(i, grant), universe, reaches),
              Boolean::logicalAnd);
        }
      }
    }
  }

  private static boolean same(OperationModel less, Universe universe, List<Reach> reaches) {
    for (int i = 0; i < reaches.size(); i++) {
      if (!less.reach(universe.callers().get(i)).equals(reaches.get(i))) {
        return false;
      }
    }
    return true;
  }

  private void idle(ApiModel api, Standing grant) {
    findings.add(
        new Finding(
            Kind.SHADOWED,
            api.contract().api(),
            "`"
                + grant.grant().text()
                + "` changes nothing where "
                + (grant.reads() ? "reading" : "writing")
                + " a `"
                + grant.type()
                + "` is granted: the other grants hold for the same callers",
            grant.place()));
  }

  private void add(Kind kind, OperationModel model, String sentence, Place place) {
    findings.add(new Finding(kind, model.operation().id().toString(), sentence, place));
  }
}
