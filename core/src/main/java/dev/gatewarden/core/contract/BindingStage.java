package dev.gatewarden.core.contract;

import dev.gatewarden.core.document.Nearest;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Binds operations to objects, once all operations and all types are known, and checks the whole.
final class BindingStage {
  private final TypeReader types;
  private final OverlayReader overlays;
  private final Notes notes;
  private final SelectorCheck selectors;
  private final IdLike idLike;

  BindingStage(TypeReader types, OverlayReader overlays, Resolver resolver, Notes notes) {
    SchemaReach reach = new SchemaReach(resolver);
    this.types = types;
    this.overlays = overlays;
    this.notes = notes;
    this.selectors = new SelectorCheck(reach);
    this.idLike = new IdLike(reach);
  }

  /// The operations with their objects; an excused one whose binding is missing or wrong is
  /// unbound.
  List<Operation> bound(List<Operation> operations, Predicate<OperationId> excused) {
    List<Notes> own = new ArrayList<>();
    Map<String, Operation> byName = new LinkedHashMap<>();
    Set<String> used = new HashSet<>();
    List<Operation> bound = new ArrayList<>();
    for (Operation operation : operations) {
      Notes its = new Notes();
      Node node = written(operation, used);
      Operation permitted = permitted(operation, used);
      Permission.check(permitted, notes);
      Operation read =
          permitted.withObjects(new BindingReader(types, selectors, its).read(permitted, node));
      if (read.tenant() != null) {
        selectors.check(read, read.tenant().from(), read.tenant().place(), its);
        for (Selector also : read.tenant().also()) {
          // Header fields that nobody declared reach the service as well.
          if (!(also instanceof Selector.Header) && !(also instanceof Selector.Cookie)) {
            selectors.check(read, also, read.tenant().place(), its);
          }
        }
      }
      // what could not be read is not judged a second time
      List<Problem> unread = its.problems();
      Operation known =
          unread.isEmpty()
              ? read
              : read.withObjects(new ObjectBindings.Unbound(unread.getFirst().message()));
      bound.add(known);
      own.add(its);
      byName.putIfAbsent(known.id().name(), known);
    }
    unknown(used, operations);
    BindingCheck check = new BindingCheck(byName, types, selectors, idLike);
    check.checkTypes(notes);
    List<Operation> checked = new ArrayList<>();
    for (int i = 0; i < bound.size(); i++) {
      Operation operation = bound.get(i);
      Notes its = own.get(i);
      check.check(operation, its);
      checked.add(settled(operation, its, excused));
    }
    Permission.spelling(checked, types.types().values(), notes);
    Flows.check(checked, selectors, notes);
    return checked;
  }

  private Operation settled(Operation operation, Notes its, Predicate<OperationId> excused) {
    List<Problem> problems = its.problems();
    notes.warnings(its.warnings());
    if (problems.isEmpty()) {
      return operation;
    }
    if (!excused.test(operation.id())) {
      notes.problems(problems);
      return operation;
    }
    notes.warnings(problems);
    return operation.withObjects(new ObjectBindings.Unbound(problems.getFirst().message()));
  }

  /// An overlay's word on who may call, else the contract's.
  private Operation permitted(Operation operation, Set<String> used) {
    for (String name : names(operation)) {
      Node.Member member = overlays.permissions().get(name);
      if (member != null) {
        used.add(name);
        return operation.withExtensions(
            operation.extensions().with(Permission.WORD, member.value()));
      }
    }
    return operation;
  }

  private static List<String> names(Operation operation) {
    return List.of(
        operation.id().name(), OperationReader.derived(operation.method(), operation.path()));
  }

  /// An overlay's word, else the contract's.
  private @Nullable Node written(Operation operation, Set<String> used) {
    for (String name : names(operation)) {
      Node.Member member = overlays.bindings().get(name);
      if (member != null) {
        used.add(name);
        return member.value();
      }
    }
    return operation.source().get(Extensions.PREFIX + "object");
  }

  private void unknown(Set<String> used, List<Operation> operations) {
    List<String> names = new ArrayList<>();
    operations.forEach(each -> names.addAll(names(each)));
    List<Node.Member> said = new ArrayList<>(overlays.bindings().values());
    said.addAll(overlays.permissions().values());
    for (Node.Member member : said) {
      if (!used.contains(member.name())) {
        notes.problem(
            member.namePlace(),
            "there is no operation `" + Nodes.shown(member.name()) + "`",
            Nearest.advice(member.name(), names));
      }
    }
  }
}
