package dev.gatewarden.core.finding;

import dev.gatewarden.core.decision.Threat;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// What a rule of the audit is called, what it is about, and what to do where it finds something.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Rule {
  String id();

  /// What is wrong where it finds something, in a few words.
  String title();

  Severity severity();

  Threat threat();

  /// The number of the weakness (Common Weakness Enumeration).
  int cwe();

  /// Why it matters: what somebody does with it.
  String why();

  /// What to do.
  String remedy();
}
