package dev.gatewarden.core.policy.model;

import dev.gatewarden.core.contract.ObjectBinding.Does;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Permission;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.policy.model.Finding.Kind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What callers reach under one configuration and not under another: for every caller that the
/// rules of either can tell apart.
///
/// An operation is the same where method and path are.
public final class Difference {
  private static final int SHOWN = 4;

  private final List<Finding> findings = new ArrayList<>();

  private Difference() {}

  /// Each widening and each narrowing, in the order of the newer contract, and each word that means
  /// something else now.
  public static List<Finding> between(ApiModel old, ApiModel now) {
    Difference difference = new Difference();
    Map<String, OperationModel> before = new LinkedHashMap<>();
    old.operations().forEach(each -> before.put(key(each.operation()), each));
    for (OperationModel model : now.operations()) {
      OperationModel was = before.remove(key(model.operation()));
      if (was == null) {
        difference.fresh(model);
      } else {
        difference.compare(was, model);
      }
    }
    before.values().forEach(difference::gone);
    difference.findings.addAll(Meaning.between(old.contract(), now.contract()));
    return difference.findings;
  }

  private static String key(Operation operation) {
    return operation.method() + " " + operation.path().text();
  }

  private void fresh(OperationModel model) {
    for (Reaching each : ApiModel.reaching(model)) {
      add(
          Kind.WIDENED,
          model,
          "is new, for " + callers(each.least()) + reached(model, each.reach()),
          model.operation().place(),
          null);
    }
  }

  private void gone(OperationModel model) {
    if (!ApiModel.reaching(model).isEmpty()) {
      Place place = model.operation().place();
      add(Kind.NARROWED, model, "is gone", place, place);
    }
  }

  private void compare(OperationModel was, OperationModel is) {
    Universe universe = Universe.of(was, is);
    Map<Reach, List<Caller>> in = new LinkedHashMap<>();
    List<Caller> out = new ArrayList<>();
    List<Caller> both = new ArrayList<>();
    for (Caller caller : universe.callers()) {
      boolean before = was.reach(caller).admitted();
      Reach reach = is.reach(caller);
      if (before && reach.admitted()) {
        both.add(caller);
      } else if (before) {
        out.add(caller);
      } else if (reach.admitted()) {
        in.computeIfAbsent(reach, _ -> new ArrayList<>()).add(caller);
      }
    }
    if (in.keySet().stream().anyMatch(Reach::useful)) {
      in.keySet().removeIf(each -> !each.useful());
    }
    in.forEach(
        (reach, callers) ->
            add(
                Kind.WIDENED,
                is,
                "may be used by " + callers(Caller.plain(callers)) + reached(is, reach),
                function(was, is),
                function(is, was)));
    if (!out.isEmpty()) {
      add(
          Kind.NARROWED,
          is,
          "may no longer be used by " + callers(Caller.plain(out)),
          function(was, is),
          function(is, was));
    }
    objects(was, is, both);
  }

  private void objects(OperationModel was, OperationModel is, List<Caller> callers) {
    List<Integer> left = new ArrayList<>();
    for (int i = 0; i < was.uses().size(); i++) {
      left.add(i);
    }
    for (int i = 0; i < is.uses().size(); i++) {
      Use use = is.uses().get(i);
      Integer match =
          left.stream().filter(each -> was.uses().get(each).same(use)).findFirst().orElse(null);
      left.remove(match);
      use(was, match, is, i, callers);
    }
    left.forEach(each -> use(was, each, is, null, callers));
  }

  /// What is not judged is open to everybody.
  private void use(
      OperationModel was,
      @Nullable Integer before,
      OperationModel is,
      @Nullable Integer after,
      List<Caller> callers) {
    Map<Set<Whose>, List<Caller>> gained = new LinkedHashMap<>();
    Map<Set<Whose>, List<Caller>> lost = new LinkedHashMap<>();
    for (Caller caller : callers) {
      Set<Whose> then = whose(was, before, caller);
      Set<Whose> now = whose(is, after, caller);
      Set<Whose> more = EnumSet.copyOf(now);
      more.removeAll(then);
      Set<Whose> less = EnumSet.copyOf(then);
      less.removeAll(now);
      if (!more.isEmpty()) {
        gained.computeIfAbsent(more, _ -> new ArrayList<>()).add(caller);
      }
      if (!less.isEmpty()) {
        lost.computeIfAbsent(less, _ -> new ArrayList<>()).add(caller);
      }
    }
    tell(Kind.WIDENED, "reaches ", gained, was, before, is, after);
    tell(Kind.NARROWED, "no longer reaches ", lost, was, before, is, after);
  }

  private void tell(
      Kind kind,
      String verb,
      Map<Set<Whose>, List<Caller>> by,
      OperationModel was,
      @Nullable Integer before,
      OperationModel is,
      @Nullable Integer after) {
    Use use =
        after != null
            ? is.uses().get(after)
            : was.uses().get(java.util.Objects.requireNonNull(before));
    by.forEach(
        (whose, callers) ->
            add(
                kind,
                is,
                callers(Caller.plain(callers))
                    + " "
                    + verb
                    + use.text()
                    + ": "
                    + Reach.whose(use, whose),
                object(was, is, after),
                object(is, was, before)));
  }

  /// Whose objects are reached, those that are not there aside: they tell nothing.
  private static Set<Whose> whose(OperationModel model, @Nullable Integer use, Caller caller) {
    Set<Whose> all = EnumSet.noneOf(Whose.class);
    if (use == null) {
      all.addAll(EnumSet.range(Whose.OWN, Whose.OTHER_TENANT));
    } else {
      all.addAll(model.reach(caller).objects().get(use));
      if (model.uses().get(use).does() != Does.CREATE) {
        all.remove(Whose.ABSENT);
      }
    }
    return all;
  }

  /// Where it is said who may use an operation, as far as that differs from the other.
  private static Place function(OperationModel other, OperationModel model) {
    Operation operation = model.operation();
    Place excused = model.enforcement().excused(Enforcement.PERMISSION, operation);
    if (excused != null && other.enforced(Enforcement.PERMISSION)) {
      return excused;
    }
    Permission permission = Permission.in(operation.extensions());
    if (!other.rule().roles().equals(model.rule().roles())) {
      return permission == null ? operation.place() : permission.place();
    }
    return operation.security().stated() ? operation.security().place() : operation.place();
  }

  private static Place object(OperationModel other, OperationModel model, @Nullable Integer use) {
    Operation operation = model.operation();
    for (String guard : List.of(Enforcement.REQUEST, Enforcement.ANSWER)) {
      Place excused = model.enforcement().excused(guard, operation);
      if (excused != null && other.enforced(guard)) {
        return excused;
      }
    }
    return use == null ? operation.place() : model.uses().get(use).place();
  }

  private static String callers(List<Caller> callers) {
    String some = callers.stream().limit(SHOWN).map(Caller::text).collect(Collectors.joining("; "));
    return callers.size() > SHOWN ? some + "; and " + (callers.size() - SHOWN) + " more" : some;
  }

  private static String reached(OperationModel model, Reach reach) {
    List<String> lines = reach.text(model.uses());
    return lines.isEmpty() ? "" : " (" + String.join("; ", lines) + ")";
  }

  private void add(
      Kind kind, OperationModel model, String sentence, Place place, @Nullable Place before) {
    findings.add(new Finding(kind, model.operation().id().toString(), sentence, place, before));
  }
}
