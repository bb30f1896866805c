package dev.gatewarden.core.policy.model;

import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.Grant;
import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectBinding.Does;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.contract.ObjectType.KnownBy;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.PrincipalPart;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.policy.Knowing;
import dev.gatewarden.core.policy.Ownership;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What one operation does to the objects of one type: those it is about, a parent it names them
/// within, or what they come to refer to.
///
/// @param below whether it has to lie below a parent that the request names
/// @param grants of which one must hold
/// @param sources from where it can be known whose an object is; never empty
/// @param before whether it is judged before the service is asked
/// @param after whether the service's answer is judged
/// @param filter what of the caller the request is held to name as the owner, or null
/// @param place where the grants are said
public record Use(
    ObjectType type,
    Does does,
    Part part,
    boolean below,
    List<Grant> grants,
    Set<Source> sources,
    boolean before,
    boolean after,
    @Nullable PrincipalPart filter,
    Place place) {

  public Use {
    grants = List.copyOf(grants);
    sources = Collections.unmodifiableSet(EnumSet.copyOf(sources));
  }

  /// What the objects are to the operation.
  public enum Part {
    OBJECT,
    /// What they lie below, which has to be the caller's to read.
    PARENT,
    /// What is written into them by its id, which has to be the caller's to read too.
    REFERENCE
  }

  /// Everything an operation does to objects, in the order of its bindings: what they lie below and
  /// refer to before the objects themselves.
  static List<Use> of(Contract contract, Operation operation) {
    List<Use> uses = new ArrayList<>();
    for (ObjectBinding binding : operation.objects().list()) {
      for (String name : binding.within().keySet()) {
        ObjectType type = contract.types().get(name);
        if (type != null) {
          uses.add(read(type, Part.PARENT, below(type, binding)));
        }
      }
      for (String name : written(binding, operation)) {
        ObjectType type = contract.types().get(name);
        if (type != null) {
          uses.add(read(type, Part.REFERENCE, false));
        }
      }
      uses.add(of(binding, operation));
    }
    return uses;
  }

  /// The types whose ids a body can write into the object.
  private static Set<String> written(ObjectBinding binding, Operation operation) {
    Set<String> types = new LinkedHashSet<>();
    boolean writes =
        binding.does() == Does.CREATE
            || binding.does() == Does.UPDATE
            || binding.does() == Does.ACT;
    if (writes && operation.body() != null) {
      binding.type().references().forEach(each -> types.add(each.type()));
      types.addAll(binding.type().parents().keySet());
    }
    return types;
  }

  private static Use read(ObjectType type, Part part, boolean below) {
    List<Grant> grants = type.access().read();
    return new Use(
        type,
        Does.READ,
        part,
        below,
        grants,
        sources(type, grants, false),
        true,
        false,
        null,
        type.place());
  }

  private static boolean below(ObjectType type, ObjectBinding binding) {
    return binding.within().keySet().stream().anyMatch(type.parents()::containsKey);
  }

  private static Use of(ObjectBinding binding, Operation operation) {
    boolean named = binding.id() != null && !binding.id().afterwards();
    boolean after = Knowing.byAnswer(binding, operation.safe());
    Place place = binding.access() == null ? binding.type().place() : binding.place();
    PrincipalPart filter =
        binding.does() == Does.AGGREGATE && binding.filter() != null ? binding.filter().is() : null;
    Set<Source> sources =
        filter != null
            ? EnumSet.of(Source.FILTER)
            : named
                ? sources(binding.type(), binding.grants(), after)
                : EnumSet.of(
                    !after
                        ? Source.NEEDLESS
                        : binding.type().hidden() ? Source.RELATION : Source.RESPONSE);
    return new Use(
        binding.type(),
        binding.does(),
        Part.OBJECT,
        below(binding.type(), binding),
        binding.grants(),
        sources,
        named,
        after,
        filter,
        place);
  }

  /// In the order the contract gives; what is conclusive ends it.
  private static Set<Source> sources(ObjectType type, List<Grant> grants, boolean byAnswer) {
    Set<Source> sources = EnumSet.noneOf(Source.class);
    if (Ownership.open(grants)) {
      sources.add(Source.NEEDLESS);
      return sources;
    }
    if (Ownership.byId(type, "id").isPresent()) {
      sources.add(Source.ID);
      return sources;
    }
    for (KnownBy by : type.knownBy()) {
      switch (by) {
        case RELATION -> {
          sources.add(Source.RELATION);
          if (type.unknown() == ObjectType.Unknown.DENY) {
            return sources;
          }
        }
        case RESPONSE -> {
          if (byAnswer) {
            sources.add(Source.RESPONSE);
            return sources;
          }
        }
        case LOOK_UP -> {
          if (type.readBy() != null) {
            sources.add(Source.LOOK_UP);
            return sources;
          }
        }
      }
    }
    sources.add(Source.NOBODY);
    return sources;
  }

  /// From where it can be known of an object that is so to the caller: of one that is not there
  /// nothing was learned, so that it counts as unknown or another source is asked.
  public Set<Source> sources(Whose whose) {
    if (whose != Whose.ABSENT || sources.size() == 1) {
      return sources;
    }
    Set<Source> others = EnumSet.copyOf(sources);
    others.remove(Source.RELATION);
    return others;
  }

  /// Whether grants decide anything: what is only made now is nobody's yet.
  boolean granted() {
    return before || after || does == Does.AGGREGATE || does == Does.CREATE;
  }

  /// The same where one grant is not given.
  Use without(Grant grant) {
    List<Grant> left = new ArrayList<>(grants);
    left.remove(grant);
    return new Use(type, does, part, below, left, sources, before, after, filter, place);
  }

  /// What is done, in a word: `read order`, `within account`, `refer to address`.
  public String text() {
    return switch (part) {
      case OBJECT -> does.name().toLowerCase(Locale.ROOT) + " " + type.name();
      case PARENT -> "within " + type.name();
      case REFERENCE -> "refer to " + type.name();
    };
  }

  /// Whether both speak of the same objects in the same part.
  boolean same(Use other) {
    return part == other.part && does == other.does && type.name().equals(other.type.name());
  }
}
