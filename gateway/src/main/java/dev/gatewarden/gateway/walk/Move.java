package dev.gatewarden.gateway.walk;

import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Exchange;
import dev.gatewarden.core.exchange.ObjectFacts;
import dev.gatewarden.core.exchange.ObjectFacts.Fact;
import dev.gatewarden.core.exchange.ObjectUse;
import dev.gatewarden.core.exchange.Reading;
import dev.gatewarden.core.exchange.Reading.Mark;
import dev.gatewarden.core.exchange.Reading.Meaning;
import dev.gatewarden.core.exchange.Reading.Role;
import dev.gatewarden.core.policy.Relations.Relation;
import dev.gatewarden.gateway.binder.IdForm;
import dev.gatewarden.gateway.binder.body.IdentityMarks;
import dev.gatewarden.gateway.binder.body.MediaTypes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What an update says of one object's owner, tenant and parents: what it writes there, as the
/// binder marked it in whatever form the body has. A value that goes, that comes from elsewhere, or
/// that nobody can read, is told as none.
///
/// @param said by what it is of the object
record Move(ObjectUse use, Map<Part, Fact> said) {
  private static final List<ObjectFacts> NONE = List.of();

  /// What of an object is said.
  ///
  /// @param parent the type of the parent; empty for owner and tenant
  record Part(Role role, String parent) {
    private static final Part OWNER = new Part(Role.OWNER, "");
    private static final Part TENANT = new Part(Role.TENANT, "");
  }

  /// The moves that a request asks for, one of each object.
  static List<Move> asked(List<Call> calls) {
    List<Move> moves = List.of();
    for (int i = 0; i < calls.size(); i++) {
      Call call = calls.get(i);
      List<ObjectBinding> bindings = call.operation().objects().list();
      for (int number = 0; number < bindings.size(); number++) {
        if (IdentityMarks.follows(bindings.get(number))) {
          moves = moves.isEmpty() ? new ArrayList<>() : moves;
          moves.addAll(asked(call, number, bindings.get(number)));
        }
      }
    }
    return moves;
  }

  /// What stands in an item of a batch is said of its object, what stands beside them of all.
  private static Collection<Move> asked(Call call, int number, ObjectBinding binding) {
    Map<String, Move> byId = new LinkedHashMap<>();
    NavigableMap<Integer, ObjectUse> items = new TreeMap<>();
    for (ObjectUse use : call.objects()) {
      if (use.binding() == binding) {
        byId.putIfAbsent(use.id(), new Move(use, new HashMap<>()));
        if (use.to() > 0) {
          items.put(use.from(), use);
        }
      }
    }
    Reading reading = call.body();
    if (!reading.complete()) {
      if (MediaTypes.isRead(type(call))) {
        byId.values().forEach(Move::unknown);
      }
      return byId.values();
    }
    boolean ordered = MediaTypes.isJsonPatch(type(call));
    for (Mark mark : reading.marks()) {
      Part part = part(number, mark);
      if (part == null) {
        continue;
      }
      Fact fact = Fact.at(reading.bytes(), mark);
      Map.Entry<Integer, ObjectUse> item = items.floorEntry(mark.from());
      Move one =
          item == null || mark.to() > item.getValue().to() ? null : byId.get(item.getValue().id());
      if (one != null) {
        one.says(part, fact, ordered);
      } else {
        byId.values().forEach(each -> each.says(part, fact, ordered));
      }
    }
    return byId.values();
  }

  /// @param ordered whether what is written later takes the place of what was written before; else
  ///     two that differ are none
  private void says(Part part, Fact fact, boolean ordered) {
    said.merge(part, fact, ordered ? (_, later) -> later : Move::agreed);
  }

  /// Whether a success leaves open what became of an object: `202` promises, and `207` may have
  /// left
  /// some.
  static boolean leavesOpen(int status) {
    return status == 202 || status == 207;
  }

  /// What became of the object: what the request asked for, and where the answer shows the object,
  /// that. Where the status leaves it open, what is shown alone.
  ///
  /// @param alone whether the answer can be about nothing else
  /// @param answered the calls, with what the answer shows
  Move became(int status, boolean alone, List<Call> answered) {
    Move shown = alone ? shown(use, answered.getFirst().exchange()) : shown(use, answered);
    if (leavesOpen(status) || isEmpty()) {
      return shown;
    }
    Map<Part, Fact> all = new HashMap<>(said);
    all.putAll(shown.said);
    return new Move(use, all);
  }

  /// What the items of the answer that have the object's id show of it.
  private static Move shown(ObjectUse use, List<Call> answered) {
    Move move = new Move(use, new HashMap<>());
    for (Call call : answered) {
      for (Call.Seen seen : call.seen()) {
        for (ObjectFacts facts : seen.binding() == use.binding() ? seen.each() : NONE) {
          if (isId(use, facts.id())) {
            move.shows(Part.OWNER, facts.owner());
            move.shows(Part.TENANT, facts.tenant());
            facts.parents().forEach((type, fact) -> move.shows(new Part(Role.PARENT, type), fact));
          }
        }
      }
    }
    return move;
  }

  /// What is missing may be left out of the answer alone.
  private void shows(Part part, Fact fact) {
    if (fact != Fact.MISSING) {
      says(part, fact, false);
    }
  }

  /// What the answer shows of the object; nothing where it shows another one, or does not say
  /// which.
  static Move shown(ObjectUse use, Exchange answered) {
    Reading reading = answered.response() == null ? Reading.NONE : answered.response().body();
    int number = number(answered.operation(), use.binding());
    Move move = new Move(use, new HashMap<>());
    if (reading.complete() && isOf(use, number, reading)) {
      for (Mark mark : reading.marks()) {
        Part part = part(number, mark);
        if (part != null) {
          move.says(part, Fact.at(reading.bytes(), mark), false);
        }
      }
    }
    return move;
  }

  /// Whether it leaves everything as it was.
  boolean isEmpty() {
    return said.isEmpty();
  }

  /// A relation after this move.
  Relation applied(Relation relation) {
    Map<String, String> parents = new HashMap<>(relation.parents());
    said.forEach(
        (part, fact) -> {
          if (part.role == Role.PARENT && fact instanceof Fact.Known(String parent)) {
            parents.put(part.parent, parent);
          } else if (part.role == Role.PARENT) {
            parents.remove(part.parent);
          }
        });
    return new Relation(
        after(Part.OWNER, relation.owner()),
        after(Part.TENANT, relation.tenant()),
        parents,
        relation.issuer());
  }

  private @Nullable String after(Part part, @Nullable String before) {
    return switch (said.get(part)) {
      case null -> before;
      case Fact.Known(String now) -> now;
      case Fact.Missing _, Fact.Odd _ -> null;
    };
  }

  private void unknown() {
    ObjectType type = use.binding().type();
    if (type.owner() != null && type.owner().at() != null && !type.ownedById()) {
      said.put(Part.OWNER, Fact.ODD);
    }
    if (type.tenant() != null
        && type.tenant().at() != null
        && !type.id().at().equals(type.tenant().at())) {
      said.put(Part.TENANT, Fact.ODD);
    }
    type.parents().keySet().forEach(parent -> said.put(new Part(Role.PARENT, parent), Fact.ODD));
  }

  private static @Nullable Part part(int number, Mark mark) {
    return mark.meaning() instanceof Meaning.Identity(int of, Role role, String name, var _)
            && of == number
            && role != Role.ID
        ? new Part(role, role == Role.PARENT ? name : "")
        : null;
  }

  private static Fact agreed(Fact one, Fact other) {
    return one.equals(other) ? one : Fact.ODD;
  }

  private static boolean isOf(ObjectUse use, int number, Reading reading) {
    boolean named = false;
    for (int i = 0; i < reading.marks().size(); i++) {
      Mark mark = reading.marks().get(i);
      if (mark.meaning() instanceof Meaning.Identity(int of, Role role, var _, var _)
          && of == number
          && role == Role.ID) {
        if (!isId(use, Fact.at(reading.bytes(), mark))) {
          return false;
        }
        named = true;
      }
    }
    return named;
  }

  private static boolean isId(ObjectUse use, Fact shown) {
    return shown instanceof Fact.Known(String text)
        && use.id().equals(IdForm.canonical(use.binding().type().id().as(), text));
  }

  private static int number(Operation operation, ObjectBinding binding) {
    return operation.objects().list().indexOf(binding);
  }

  /// The media type that the caller says the body has, without its parameters.
  private static String type(Call call) {
    String said = call.exchange().request().headers().first("content-type");
    String type = said == null ? "" : said;
    int end = type.indexOf(';');
    return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
  }
}
