package dev.gatewarden.gateway.decisionpoint.cedar;

import com.cedarpolicy.BasicAuthorizationEngine;
import com.cedarpolicy.model.AuthorizationResponse;
import com.cedarpolicy.model.AuthorizationSuccessResponse;
import com.cedarpolicy.model.exception.AuthException;
import com.cedarpolicy.model.policy.PolicySet;
import dev.gatewarden.core.decision.Grounds;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.document.ProblemsException;
import dev.gatewarden.core.policy.DecisionPoint.Answer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Cedar's own engine: native code, loaded when the first policies are.
final class Engine {
  private static final int MOST_SETS = 8192;
  private final BasicAuthorizationEngine engine;

  private Engine(BasicAuthorizationEngine engine) {
    this.engine = engine;
  }

  /// The engine.
  ///
  /// @param place what asks for it, where there is none for this machine
  /// @throws ProblemsException when the native library does not load
  static Engine load(Place place) {
    try {
      Engine engine = new Engine(new BasicAuthorizationEngine());
      PolicySet.setCacheMaxPolicySets(MOST_SETS);
      return engine;
    } catch (LinkageError | RuntimeException absent) {
      throw new ProblemsException(
          List.of(
              new Problem(
                  place,
                  "the native library of Cedar does not load on this machine ("
                      + System.getProperty("os.name")
                      + ", "
                      + System.getProperty("os.arch")
                      + "): "
                      + deepest(absent).getMessage(),
                  "run the gate on Linux, macOS or Windows on x86-64 or arm64, point"
                      + " `CEDAR_JAVA_FFI_LIB` to a library for this machine, or decide by a"
                      + " decision point outside")));
    }
  }

  BasicAuthorizationEngine plain() {
    return engine;
  }

  /// The answer of a set of policies.
  ///
  /// Cedar passes over a policy that cannot be evaluated. Were it to forbid, passing over it would
  /// permit; so where one was passed over only what is forbidden anyway is an answer.
  Answer decide(Terms.Asked asked, PolicySet policies, String point, String digest) {
    AuthorizationResponse response;
    try {
      response = engine.isAuthorized(asked.request(), policies, asked.entities());
    } catch (AuthException | RuntimeException failed) {
      return new Answer.Failed(new Grounds(point, digest, List.of()), "the engine failed");
    }
    if (response.success.isEmpty()) {
      return new Answer.Failed(
          new Grounds(point, digest, List.of()), "the engine refused the question");
    }
    AuthorizationSuccessResponse success = response.success.get();
    List<String> reasons = new ArrayList<>(success.getReason());
    Collections.sort(reasons);
    if (!success.isAllowed() && !reasons.isEmpty()) {
      return new Answer.Forbid(new Grounds(point, digest, reasons));
    }
    if (!success.getErrors().isEmpty()) {
      List<String> broken = new ArrayList<>();
      success.getErrors().forEach(error -> broken.add(error.getPolicyId()));
      Collections.sort(broken);
      return new Answer.Failed(
          new Grounds(point, digest, broken), "policies could not be evaluated");
    }
    Grounds grounds = new Grounds(point, digest, reasons);
    return success.isAllowed() ? new Answer.Permit(grounds) : new Answer.Forbid(grounds);
  }

  private static Throwable deepest(Throwable fault) {
    Throwable deepest = fault;
    while (deepest.getCause() != null && deepest.getCause() != deepest) {
      deepest = deepest.getCause();
    }
    return deepest;
  }
}
