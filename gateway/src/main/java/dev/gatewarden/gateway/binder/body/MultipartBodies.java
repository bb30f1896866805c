package dev.gatewarden.gateway.binder.body;

import dev.gatewarden.core.contract.Content;
import dev.gatewarden.core.contract.PointerPattern;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.schema.Direction;
import dev.gatewarden.core.schema.Labels;
import dev.gatewarden.core.schema.Schema;
import dev.gatewarden.gateway.binder.body.ObjectMarks.PartMark;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes the readers of multipart bodies.
final class MultipartBodies {
  private MultipartBodies() {}

  static boolean take(String range) {
    return range.startsWith("multipart/");
  }

  /// The reader of a multipart type; null where its schema cannot be judged, which is a problem
  /// then.
  static @Nullable BodyReader of(
      Content.MediaType type,
      Schemas schemas,
      Manner manner,
      Labels labels,
      ObjectMarks marks,
      Meanings meanings) {
    Map<String, PartRule> rules =
        new PartRules(type, new PartHeaders(type.schema(), schemas, manner)).read();
    mark(type, rules, schemas, marks);
    int text = manner.bounds().stringBytes();
    // files stand in the view as strings of their length, which the body's own bound holds
    Manner wide = manner.within(manner.bounds().stringBytes(Integer.MAX_VALUE));
    Schema anything =
        Schemas.anything(type.source().place(), wide.bounds(), new ArrayList<>(marks.list()));
    Schema promised =
        type.schema() == null
            ? anything
            : schemas.compile(type.schema(), Direction.REQUEST, wide, labels, marks.list());
    Schema json = Schemas.anything(type.source().place(), manner.bounds(), List.of());
    return promised == null
        ? null
        : new MultipartBody(
            new PartJudge(rules, json, text), promised, anything, meanings, manner.parts());
  }

  private static void mark(
      Content.MediaType type, Map<String, PartRule> rules, Schemas schemas, ObjectMarks marks) {
    for (PartMark each : marks.parts()) {
      PartRule rule = rules.getOrDefault(each.part(), PartRule.UNKNOWN);
      if (rule.kind() == PartKind.FILE || rule.kind() == PartKind.BASE64) {
        schemas.problem(
            new Problem(
                type.source().place(),
                "`part." + each.part() + "` is a file, which names no object",
                "select a part that is a text or a number"));
      }
      marks.marked(
          each.meaning(), new PointerPattern(List.of(new PointerPattern.Name(each.part()))));
    }
  }
}
