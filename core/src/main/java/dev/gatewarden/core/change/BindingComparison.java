package dev.gatewarden.core.change;

import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.Grant;
import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectBindings;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Selector;
import dev.gatewarden.core.contract.TenantRule;
import dev.gatewarden.core.document.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Compares whose objects operations touch, and who may touch them.
final class BindingComparison {
  private final Ledger ledger;

  BindingComparison(Ledger ledger) {
    this.ledger = ledger;
  }

  void types(Contract old, Contract now) {
    old.types()
        .forEach(
            (name, before) -> {
              ObjectType after = now.types().get(name);
              if (after != null) {
                type(before, after, users(now, name));
              }
            });
  }

  private static Set<String> users(Contract contract, String type) {
    Set<String> users = new LinkedHashSet<>();
    for (Operation operation : contract.operations()) {
      for (ObjectBinding binding : operation.objects().list()) {
        if (binding.type().name().equals(type)) {
          users.add(operation.id().name());
        }
      }
    }
    return users;
  }

  private void type(ObjectType before, ObjectType after, Set<String> users) {
    TypeNotes notes = new TypeNotes(ledger, before, after, users);
    notes.fact("owner", before.owner(), after.owner());
    notes.fact("tenant", before.tenant(), after.tenant());
    notes.pointers("parent", before.parents(), after.parents());
    notes.pointers("refs", references(before), references(after));
    notes.access("read", before.access().read(), after.access().read());
    notes.access("write", before.access().write(), after.access().write());
    if (!before.id().equals(after.id())) {
      notes.note(Kind.OBJECT_TYPE_CHANGED, "id", "tells its id otherwise");
    }
    if (!before.knownBy().equals(after.knownBy())) {
      notes.note(Kind.OBJECT_TYPE_CHANGED, "known-by", "is known otherwise");
    }
    if (before.unknown() == ObjectType.Unknown.DENY && after.unknown() != before.unknown()) {
      notes.note(Kind.OBJECT_TYPE_WEAKENED, "unknown", "lets objects nobody knows be looked up");
    }
    if (before.unchanged() && !after.unchanged()) {
      notes.note(
          Kind.OBJECT_TYPE_WEAKENED,
          "write-if",
          "is written though it changed since it was judged");
    }
    if (before.opaque() && !after.opaque()) {
      notes.note(Kind.OBJECT_TYPE_WEAKENED, "public-id", "shows callers its own id");
    } else if (!before.publicId().equals(after.publicId())) {
      notes.note(Kind.OBJECT_TYPE_CHANGED, "public-id", "gives callers other ids");
    }
  }

  /// The places by the type they refer to.
  private static Map<String, List<ObjectType.Reference>> references(ObjectType type) {
    return type.references().stream()
        .collect(
            Collectors.groupingBy(
                ObjectType.Reference::type, LinkedHashMap::new, Collectors.toList()));
  }

  /// What is different in one object type.
  private record TypeNotes(Ledger ledger, ObjectType before, ObjectType after, Set<String> users) {

    void fact(String word, ObjectType.@Nullable Fact was, ObjectType.@Nullable Fact is) {
      if (was != null && is == null) {
        note(Kind.OBJECT_TYPE_WEAKENED, word, "has no " + word + " any more");
      } else if (was != null && !was.equals(is)) {
        note(Kind.OBJECT_TYPE_CHANGED, word, "tells its " + word + " otherwise");
      }
    }

    <T> void pointers(String word, Map<String, T> was, Map<String, T> is) {
      was.forEach(
          (type, at) -> {
            T other = is.get(type);
            if (other == null) {
              note(
                  Kind.OBJECT_TYPE_WEAKENED,
                  word + " " + type,
                  "no longer names `" + type + "` in `" + word + "`");
            } else if (!other.equals(at)) {
              note(
                  Kind.OBJECT_TYPE_CHANGED,
                  word + " " + type,
                  "finds `" + type + "` of `" + word + "` elsewhere");
            }
          });
    }

    void access(String word, List<Grant> was, List<Grant> is) {
      String what =
          "may be "
              + (word.equals("read") ? "read" : "written")
              + " by "
              + Grants.shown(is)
              + "; it was "
              + Grants.shown(was);
      if (Grants.wider(was, is)) {
        note(Kind.OBJECT_ACCESS_WIDENED, word, what);
      } else if (Grants.wider(is, was)) {
        note(Kind.OBJECT_ACCESS_NARROWED, word, what);
      }
    }

    void note(Kind kind, String about, String what) {
      ledger.note(
          kind,
          "type " + after.name() + "\n" + about,
          before.place(),
          after.place(),
          "the object type `" + Literals.shown(after.name()) + "` " + what,
          users);
    }
  }

  void compare(Operation before, Operation after) {
    tenant(before, after);
    List<ObjectBinding> left = new ArrayList<>(before.objects().list());
    List<ObjectBinding> right = new ArrayList<>(after.objects().list());
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < left.size(); i++) {
        ObjectBinding one = left.get(i);
        boolean exact = round == 0;
        ObjectBinding other =
            right.stream().filter(each -> alike(one, each, exact)).findFirst().orElse(null);
        if (other != null) {
          left.remove(i--);
          right.remove(other);
          both(one, other, after);
        }
      }
    }
    for (ObjectBinding gone : left) {
      note(
          Kind.OBJECT_BINDING_REMOVED,
          after,
          told(gone),
          gone.place(),
          place(after),
          "no longer says whose `" + gone.type().name() + "` it touches");
    }
    for (ObjectBinding come : right) {
      note(
          Kind.OBJECT_BINDING_ADDED,
          after,
          told(come),
          before.place(),
          come.place(),
          "says whose `" + come.type().name() + "` it touches");
    }
  }

  private static Place place(Operation operation) {
    return operation.objects() instanceof ObjectBindings.None none
        ? none.place()
        : operation.place();
  }

  private static boolean alike(ObjectBinding one, ObjectBinding other, boolean exact) {
    return one.type().name().equals(other.type().name())
        && (!exact || (one.does() == other.does() && text(one.id()).equals(text(other.id()))));
  }

  private static String told(ObjectBinding binding) {
    return binding.type().name() + " " + binding.does() + " " + text(binding.id());
  }

  private static String text(@Nullable Selector selector) {
    return selector == null ? "" : selector.text();
  }

  private void both(ObjectBinding before, ObjectBinding after, Operation operation) {
    Places places = new Places(operation, before, after);
    if (before.does() != after.does()) {
      places.note(Kind.OBJECT_BINDING_CHANGED, "does", "does `" + word(after.does()) + "` to");
    }
    if (!text(before.id()).equals(text(after.id()))) {
      places.note(Kind.OBJECT_BINDING_CHANGED, "id", "finds the id elsewhere of");
    }
    if (!text(before.items()).equals(text(after.items()))) {
      places.note(Kind.OBJECT_BINDING_CHANGED, "items", "finds the items elsewhere of");
    }
    before
        .within()
        .forEach(
            (type, at) -> {
              Selector other = after.within().get(type);
              if (other == null) {
                places.note(
                    Kind.OBJECT_BINDING_WEAKENED,
                    "within " + type,
                    "no longer checks the `" + type + "` around");
              } else if (!other.text().equals(at.text())) {
                places.note(
                    Kind.OBJECT_BINDING_CHANGED,
                    "within " + type,
                    "finds the `" + type + "` elsewhere around");
              }
            });
    if (withheld(before) && !withheld(after)) {
      places.note(Kind.OBJECT_BINDING_WEAKENED, "count", "tells how many there are of");
    }
    if (withheld(before) && withheld(after) && !Objects.equals(before.count(), after.count())) {
      places.note(Kind.OBJECT_BINDING_CHANGED, "count", "withholds other counts of");
    }
    if (before.foreign() != after.foreign() || before.batch() != after.batch()) {
      places.note(Kind.OBJECT_BINDING_CHANGED, "several", "judges several otherwise of");
    }
    if (before.filter() != null && after.filter() == null) {
      places.note(Kind.OBJECT_BINDING_WEAKENED, "filter", "no longer filters by the owner of");
    } else if (before.filter() != null && !Objects.equals(before.filter(), after.filter())) {
      places.note(Kind.OBJECT_BINDING_CHANGED, "filter", "filters otherwise by the owner of");
    }
    if (before.delivery() != after.delivery() || before.learn() != after.learn()) {
      places.note(Kind.OBJECT_BINDING_CHANGED, "delivery", "hands out otherwise");
    }
    if (before.access() != null || after.access() != null) {
      access(before, after, places);
    }
  }

  private static void access(ObjectBinding before, ObjectBinding after, Places places) {
    List<Grant> was = before.grants();
    List<Grant> is = after.grants();
    String what = "lets " + Grants.shown(is) + " and not " + Grants.shown(was) + " touch";
    if (Grants.wider(was, is)) {
      places.note(Kind.OBJECT_ACCESS_WIDENED, "access", what);
    } else if (Grants.wider(is, was)) {
      places.note(Kind.OBJECT_ACCESS_NARROWED, "access", what);
    }
  }

  private static boolean withheld(ObjectBinding binding) {
    ObjectBinding.Count count = binding.count();
    return count != null && count.then() == ObjectBinding.Count.Then.WITHHOLD;
  }

  private static String word(ObjectBinding.Does does) {
    return does.name().toLowerCase(Locale.ROOT);
  }

  /// Where the two bindings of an operation stand.
  private final class Places {
    private final Operation operation;
    private final ObjectBinding before;
    private final ObjectBinding after;

    Places(Operation operation, ObjectBinding before, ObjectBinding after) {
      this.operation = operation;
      this.before = before;
      this.after = after;
    }

    void note(Kind kind, String about, String what) {
      BindingComparison.this.note(
          kind,
          operation,
          told(after) + " " + about,
          before.place(),
          after.place(),
          what + " `" + after.type().name() + "`");
    }
  }

  private void tenant(Operation before, Operation after) {
    TenantRule was = before.tenant();
    TenantRule is = after.tenant();
    if (was == null) {
      return;
    }
    String shared = Spot.pointer(was.place());
    if (is == null) {
      ledger.note(
          Kind.TENANT_RULE_REMOVED,
          shared,
          was.place(),
          after.place(),
          "no tenant is told any more",
          after.id().name());
    } else if (!was.places().equals(is.places()) || !was.is().equals(is.is())) {
      ledger.note(
          Kind.TENANT_RULE_CHANGED,
          shared + "\n" + Spot.pointer(is.place()),
          was.place(),
          is.place(),
          "the tenant is told by `" + is.from().text() + "` and not by `" + was.from().text() + "`",
          after.id().name());
    }
  }

  private void note(
      Kind kind, Operation operation, String about, Place before, Place after, String what) {
    ledger.note(
        kind,
        Comparison.shown(operation) + "\n" + about,
        before,
        after,
        "`" + Comparison.shown(operation) + "` " + what,
        operation.id().name());
  }
}
