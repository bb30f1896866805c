package dev.gatewarden.testkit;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.opentest4j.TestAbortedException;

/// The other side of [Requirement]: in a run whose system property `gatewarden.without` names a
/// control, only the tests that name it run, and each of them must fail.
///
/// An [AssertionError] is the failure that proves something; any other exception says that the test
/// broke, not that the control was missed. JUnit finds this extension by itself where
/// `junit.jupiter.extensions.autodetection.enabled` is set, which `./check rows` does.
public final class WithoutControl implements ExecutionCondition, InvocationInterceptor {

  private static final String PROPERTY = "gatewarden.without";

  /// The control that the gate under test must leave out, or the empty text.
  public static String named() {
    return System.getProperty(PROPERTY, "");
  }

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (named().isEmpty() || context.getTestMethod().isEmpty()) {
      return ConditionEvaluationResult.enabled("every test runs");
    }
    for (Requirement requirement :
        context.getRequiredTestMethod().getAnnotationsByType(Requirement.class)) {
      if (requirement.without().equals(named())) {
        return ConditionEvaluationResult.enabled("names the control");
      }
    }
    return ConditionEvaluationResult.disabled("does not name `" + named() + "`");
  }

  @Override
  public void interceptTestMethod(
      Invocation<@Nullable Void> test,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    mustFail(test);
  }

  @Override
  public void interceptTestTemplateMethod(
      Invocation<@Nullable Void> test,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    mustFail(test);
  }

  private static void mustFail(Invocation<@Nullable Void> test) throws Throwable {
    if (named().isEmpty()) {
      test.proceed();
      return;
    }
    try {
      test.proceed();
    } catch (TestAbortedException e) {
      throw e;
    } catch (AssertionError e) {
      return;
    } catch (Exception e) {
      throw new IllegalStateException("broke, rather than failed, without `" + named() + "`", e);
    }
    throw new AssertionError("still green without `" + named() + "`");
  }
}
