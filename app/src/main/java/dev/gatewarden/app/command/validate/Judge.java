package dev.gatewarden.app.command.validate;

import dev.gatewarden.core.schema.Keyword;
import dev.gatewarden.core.schema.Schema;
import dev.gatewarden.core.schema.Violation;
import dev.gatewarden.core.schema.Visit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A schema that tells of a document whether it obeys, and what is wrong with it; for one thread.
public final class Judge {
  private static final Violation.Limits LIMITS = new Violation.Limits(100, 1024);

  private final Schema schema;
  private final @Nullable Schema watching;
  private final Visit visit = new Visit(0x5EEDL);

  /// @param watching the same schema refusing undeclared fields, where those are to be told and not
  ///     held against a document; else null
  Judge(Schema schema, @Nullable Schema watching) {
    this.schema = schema;
    this.watching = watching;
  }

  /// What came of a document.
  ///
  /// @param violations none where it obeys
  /// @param undeclared fields that no schema declares, where they are only watched
  public record Found(List<Violation> violations, List<Violation> undeclared) {
    public Found {
      violations = List.copyOf(violations);
      undeclared = List.copyOf(undeclared);
    }

    boolean valid() {
      return violations.isEmpty();
    }
  }

  /// Judges the JSON text in a range of bytes.
  public Found judge(byte[] text, int from, int to) {
    if (schema.judge(text, from, to, visit) != Schema.VALID) {
      return new Found(schema.explain(text, from, to, visit, LIMITS), List.of());
    }
    if (watching == null || watching.judge(text, from, to, visit) == Schema.VALID) {
      return new Found(List.of(), List.of());
    }
    return new Found(
        List.of(),
        watching.explain(text, from, to, visit, LIMITS).stream()
            .filter(each -> each.error().equals(Keyword.UNKNOWN_FIELD.word()))
            .toList());
  }
}
