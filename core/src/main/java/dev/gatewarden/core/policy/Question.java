package dev.gatewarden.core.policy;

import dev.gatewarden.core.address.Ip;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.exchange.ObjectFacts;
import dev.gatewarden.core.identity.Principal;
import java.time.Instant;
import java.time.ZoneId;

/// What a decision point is asked: may this caller do this, to this, here and now?
///
/// @param caller who asks, `Principal.NOBODY` for somebody who proved nothing; scopes, roles,
///     tenant, claims and who acts for the caller are the caller's
/// @param action the operation's name within its API, such as `getOrder`
public record Question(
    Principal caller, String action, Resource resource, Environment environment) {

  /// What something is to be done to.
  public sealed interface Resource {

    /// The API as a whole: what an operation without an object of its own is asked about.
    record Api(String name) implements Resource {}

    /// One object.
    ///
    /// @param id in the canonical form of the type's ids
    /// @param facts owner, tenant and parents, as far as they are known
    record Thing(ObjectType type, String id, ObjectFacts facts) implements Resource {

      /// A namesake of the caller is not told as owner: policies compare names.
      public Thing {
        if (facts.namesake()) {
          facts =
              new ObjectFacts(
                  facts.id(),
                  ObjectFacts.Fact.MISSING,
                  facts.tenant(),
                  facts.parents(),
                  facts.from(),
                  facts.to());
        }
      }
    }

    /// The kind of it: an object type's name, or `Api`.
    default String kind() {
      return switch (this) {
        case Api _ -> "Api";
        case Thing thing -> thing.type().name();
      };
    }

    /// What it is called among its kind.
    default String named() {
      return switch (this) {
        case Api api -> api.name;
        case Thing thing -> thing.id();
      };
    }
  }

  /// Under which circumstances.
  ///
  /// @param api the API's name in the configuration
  /// @param method the method of the request
  /// @param at when the request came
  /// @param zone where the caller's tenant reads its clock
  /// @param source where the request comes from
  /// @param encrypted whether it came over TLS
  public record Environment(
      String api, String method, Instant at, ZoneId zone, Ip source, boolean encrypted) {}
}
