package dev.gatewarden.platform.probing;

import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.exchange.ObjectFacts;
import dev.gatewarden.core.exchange.ObjectFacts.Fact;
import dev.gatewarden.core.policy.Ownership;
import dev.gatewarden.core.probe.Identity;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// What objects call their owners, where that is not what the owners are called elsewhere: `7` in
/// `userId`, and `alice` in the token.
///
/// It is learned from what somebody makes. What the things of two people call alike is no owner.
final class Aliases {
  private record Name(String type, String shown) {}

  private final Map<Name, Identity> known = new HashMap<>();
  private final Set<Name> shared = new HashSet<>();

  /// Learns what an object that somebody has just made calls its owner.
  void learn(ObjectType type, Identity maker, String shown) {
    Name name = new Name(type.name(), shown);
    Identity before = known.putIfAbsent(name, maker);
    if (before != null && !before.name().equals(maker.name())) {
      shared.add(name);
    }
  }

  /// The facts with the owner under the name by which the contract means them.
  ObjectFacts of(ObjectType type, ObjectFacts facts) {
    ObjectType.Fact owner = type.owner();
    if (owner == null || !(facts.owner() instanceof Fact.Known(String text))) {
      return facts;
    }
    Name name = new Name(type.name(), text);
    Identity who = shared.contains(name) ? null : known.get(name);
    String said = who == null ? null : Ownership.part(owner.is(), who.is());
    return said == null || said.equals(text)
        ? facts
        : new ObjectFacts(facts.id(), Fact.of(said), facts.tenant(), facts.parents(), 0, 0);
  }
}
