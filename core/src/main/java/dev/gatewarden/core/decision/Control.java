package dev.gatewarden.core.decision;

import dev.gatewarden.core.exchange.Stage;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The name of a control, where it stands, what it costs and what it is against.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Control {
  String id();

  Stage stage();

  Cost cost() default Cost.LOCAL;

  Threat[] threats() default {};
}
