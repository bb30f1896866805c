package dev.gatewarden.core.probe;

import dev.gatewarden.core.decision.Threat;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The name of a probe, and what it is about.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Attack {

  /// Such as `foreign-object`.
  String id();

  /// The fault in a few words, lower case.
  String title();

  Threat threat();

  /// The number of the weakness in the CWE.
  int cwe();

  /// What to do about it, in a sentence.
  String remedy();

  /// The guards of the gate that stop it before a service that has the fault; none where only the
  /// service can mend it.
  String[] guards() default {};

  /// Whether it sends requests that change something: what was made for it, unless more is
  /// permitted.
  boolean changes() default false;
}
