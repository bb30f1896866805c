package dev.gatewarden.gateway.binder.normal;

import dev.gatewarden.core.canon.json.NormalForm;
import dev.gatewarden.core.canon.json.NormalFormReader;
import dev.gatewarden.core.contract.Content;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.contract.SchemaSource;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.gateway.binder.body.MediaTypes;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The forms that one contract declares for its requests, by operation.
public final class Normalizations {
  private final boolean any;
  private final List<Problem> problems;

  private Normalizations(boolean any, List<Problem> problems) {
    this.any = any;
    this.problems = problems;
  }

  /// Those of a contract.
  ///
  /// @param problems where everything is added that is declared and cannot be done
  public static Normalizations of(Contract contract, List<Problem> problems) {
    Mentions mentions = new Mentions();
    for (Operation operation : contract.operations()) {
      operation.parameters().forEach(parameter -> mentions.look(parameter.schema()));
      if (operation.body() != null) {
        operation.body().content().types().values().forEach(type -> mentions.look(type.schema()));
      }
    }
    return new Normalizations(mentions.any(), problems);
  }

  /// The forms of an operation's parameters; null where it declares none.
  public @Nullable HeadNormalization head(Operation operation) {
    if (!any) {
      return null;
    }
    List<NormalParameter> parameters = new ArrayList<>();
    for (Parameter parameter : operation.parameters()) {
      NormalForm form = form(parameter.schema());
      if (form != null) {
        parameters.add(new NormalParameter(parameter, form));
      }
    }
    parameters.forEach(parameter -> parameter.check(problems));
    return parameters.isEmpty()
        ? null
        : new HeadNormalization(operation.path().variables(), parameters);
  }

  /// The forms of an operation's bodies, by media type; empty where it declares none.
  public Map<Content.MediaType, NormalForm> bodies(Operation operation) {
    if (!any || operation.body() == null) {
      return Map.of();
    }
    Map<Content.MediaType, NormalForm> bodies = new IdentityHashMap<>();
    for (Content.MediaType type : operation.body().content().types().values()) {
      NormalForm form = type.schema() == null ? null : form(type.schema());
      if (form == null) {
        continue;
      }
      if (MediaTypes.isJson(type.range())) {
        bodies.put(type, form);
      } else {
        problems.add(
            new Problem(
                type.source().place(),
                "a body of the type `"
                    + type.range()
                    + "` cannot be normalized, and its schema says `"
                    + NormalFormReader.WORD
                    + "`",
                "give it a schema of its own without the word"));
      }
    }
    return bodies;
  }

  private @Nullable NormalForm form(SchemaSource source) {
    return new NormalFormReader(source.references(), problems).read(source.schema());
  }
}
