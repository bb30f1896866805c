package dev.gatewarden.gateway.binder.body;

import dev.gatewarden.core.contract.SchemaSource;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.document.ProblemsException;
import dev.gatewarden.core.schema.Bounds;
import dev.gatewarden.core.schema.Direction;
import dev.gatewarden.core.schema.Labels;
import dev.gatewarden.core.schema.Mark;
import dev.gatewarden.core.schema.Options;
import dev.gatewarden.core.schema.Schema;
import dev.gatewarden.core.schema.SchemaCompiler;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Compiles the schemas of one contract and gathers what is wrong with them.
public final class Schemas {
  private final Compilers compilers;
  private final List<Problem> problems;

  /// @param problems where everything that cannot be judged is added
  public Schemas(Compilers compilers, List<Problem> problems) {
    this.compilers = compilers;
    this.problems = problems;
  }

  /// The compiled schema; one that cannot be judged is a problem, and null.
  public @Nullable Schema compile(
      SchemaSource source, Direction direction, Manner manner, Labels labels, List<Mark> marks) {
    try {
      return compilers
          .of(source, options(source, direction, manner), labels)
          .compile(source.schema(), marks);
    } catch (ProblemsException fault) {
      problems.addAll(fault.problems());
      return null;
    }
  }

  /// Adds something else that is wrong with the contract.
  void problem(Problem problem) {
    problems.add(problem);
  }

  /// A schema that any JSON passes and that still marks.
  public static Schema anything(Place place, Bounds bounds, List<Mark> marks) {
    return new SchemaCompiler(
            Options.of(dev.gatewarden.core.schema.Dialect.DRAFT_2020_12).bounds(bounds))
        .compile(new Node.Bool(place, true), marks);
  }

  private static Options options(SchemaSource source, Direction direction, Manner manner) {
    return Options.of(source.dialect().ofSchemas())
        .direction(direction)
        .unknownFields(manner.unknownFields())
        .references(source.references())
        .bounds(manner.bounds());
  }
}
