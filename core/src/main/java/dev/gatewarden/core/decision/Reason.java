package dev.gatewarden.core.decision;

import java.time.Duration;
import java.util.List;

/// Why a guard or a room said what it said: a stable code, the HTTP status it becomes, and a
/// summary that tells the caller nothing an attacker
/// could use.
///
/// Guards implement it by a nested enum `Why`.
public interface Reason {

  /// The guard or room that speaks, such as `event-once`.
  String control();

  /// The word within the control, such as `STALE`; an enum's own name.
  String name();

  /// The HTTP status the caller sees; 200 for a reason to allow.
  int status();

  /// What is told to the caller: lower case, without full stop, without anything of the request.
  String summary();

  /// The value of `WWW-Authenticate` that goes with a refusal for it (RFC 9110, section 11.6.1),
  /// where
  /// no guard is there to say it: a claim that could not be taken. Empty for none.
  default String challenge() {
    return "";
  }

  /// How long a refusal for it is held back before it leaves, so that who tries again at once gets
  /// nowhere faster; zero for none. There is a bound on how many are held back at once, beyond
  /// which
  /// they leave at once.
  default Duration heldBack() {
    return Duration.ZERO;
  }

  /// What of the contract it is about, by the contract's own name: `purchase.pay`; empty where the
  /// code says all.
  default String about() {
    return "";
  }

  /// What decision points said for it; empty for all reasons but those of the policy.
  default List<Grounds> grounds() {
    return List.of();
  }

  /// Whether callers are not told what is left of the limit that it refuses by: by that they could
  /// tell who else is known here.
  default boolean quiet() {
    return false;
  }

  /// The stable code, `event-once.STALE`.
  default String code() {
    return control() + "." + name();
  }
}
