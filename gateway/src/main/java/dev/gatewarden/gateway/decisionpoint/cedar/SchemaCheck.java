package dev.gatewarden.gateway.decisionpoint.cedar;

import com.cedarpolicy.model.AuthorizationRequest;
import com.cedarpolicy.model.AuthorizationResponse;
import com.cedarpolicy.model.EntityValidationRequest;
import com.cedarpolicy.model.exception.AuthException;
import com.cedarpolicy.model.policy.PolicySet;
import com.cedarpolicy.model.schema.Schema;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Whether an operator's own schema admits what the gate will ask: policies that were validated
/// against another world than the one they judge prove nothing.
final class SchemaCheck {
  private final Engine engine;
  private final Names names;
  private final Schema schema;
  private final Place place;
  private final CedarSettings settings;

  SchemaCheck(Engine engine, Names names, Schema schema, Place place, CedarSettings settings) {
    this.engine = engine;
    this.names = names;
    this.schema = schema;
    this.place = place;
    this.settings = settings;
  }

  void check(List<Problem> problems) {
    Set<String> told = new HashSet<>();
    for (Names.OfApi api : names.all()) {
      for (Operation operation : api.contract().operations()) {
        for (Samples.Sample sample : Samples.of(names, api, operation, settings)) {
          String wrong = wrong(sample.asked());
          if (!wrong.isEmpty() && told.add(wrong)) {
            problems.add(
                new Problem(
                    place,
                    "the schema does not admit what is asked at `" + operation.id() + "`: " + wrong,
                    "`gatewarden policy schema` prints one that does"));
          }
        }
      }
    }
  }

  private String wrong(Terms.Asked asked) {
    AuthorizationRequest plain = asked.request();
    AuthorizationRequest checked =
        new AuthorizationRequest(
            plain.principalEUID,
            plain.actionEUID,
            plain.resourceEUID,
            plain.context,
            Optional.of(schema),
            true);
    try {
      engine
          .plain()
          .validateEntities(new EntityValidationRequest(schema, new ArrayList<>(asked.entities())));
      AuthorizationResponse response =
          engine.plain().isAuthorized(checked, new PolicySet(), Set.of());
      return response.errors.isPresent() && !response.errors.get().isEmpty()
          ? response.errors.get().getFirst().message
          : "";
    } catch (AuthException wrong) {
      return CedarLoader.plain(String.valueOf(wrong.getMessage()));
    }
  }
}
