package dev.gatewarden.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The row of the requirements that an acceptance test proves, and the control it proves it of.
///
/// `./check rows` runs the test once more with that control off and demands that it fails, so that
/// the tag says something.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Repeatable(Requirement.All.class)
public @interface Requirement {

  /// The row, as in `AUT-2`.
  String id();

  /// The id of the control that the test would miss, as in `object-owner`; empty where none can be
  /// taken away, or where several refuse the same.
  ///
  /// Parts of controls that can be taken away are `canonicalizer` (the one reading of a request),
  /// `revocation`, `token-once`, `token-status`, `spectral` (rulesets of users), `held-connection`
  /// (looking again at callers whose requests go on), `reload-aside` (making the next
  /// configuration aside), `modern-suites` (offering those alone), `operator-token` (who may use
  /// the admin
  /// port), `shedding` (refusing for the load), `connection-share` (a bound for each network),
  /// `pace` (the slowest that bodies and readers may be), and `breaker`, `bulkhead`,
  /// `retry-budget`,
  /// `ejection` and `health-check`, which spare services.
  String without() default "";

  /// Several requirements of one test.
  @Documented
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.METHOD)
  @interface All {
    Requirement[] value();
  }
}
