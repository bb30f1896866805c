package dev.gatewarden.platform.probing.fuzz;

import dev.gatewarden.core.contract.Content;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.probe.Draft;
import dev.gatewarden.platform.probing.Markup;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// All the ways in which the requests of one operation may be written.
final class Codings {
  private final Map<String, Coding> byWord = new LinkedHashMap<>();

  Codings(Draft honest) {
    Percent.ALL.forEach(this::add);
    JsonCodings.ALL.forEach(this::add);
    FormCodings.ALL.forEach(this::add);
    Packed.ALL.forEach(this::add);
    Operation operation = honest.operation();
    if (operation.body() != null) {
      operation.body().content().types().values().forEach(each -> declared(each, honest));
    }
  }

  private void add(Coding coding) {
    byWord.put(coding.word(), coding);
  }

  /// Another media type that the contract names for the same body.
  private void declared(Content.MediaType type, Draft honest) {
    String range = type.range();
    Root.Kind kind = Roots.kind(range);
    if (range.equals(honest.mediaType())
        || range.contains("*")
        || kind == null
        || type.schema() == null) {
      return;
    }
    Judge judge = new Judge(type.schema());
    Node schema = type.schema().schema();
    add(
        Coding.right(
            "as " + range,
            draft -> {
              Node body = draft.body();
              return body != null && judge.takes(schema, body)
                  ? written(draft, kind, range, judge, body)
                  : null;
            }));
  }

  private static @Nullable Draft written(
      Draft draft, Root.Kind kind, String range, Judge judge, Node body) {
    return switch (kind) {
      case JSON -> draft.bytes(Json.text(body).getBytes(StandardCharsets.UTF_8), range);
      case XML -> draft.bytes(Markup.of(judge::flat, judge.source().schema(), body), range);
      case FORM -> {
        boolean flat =
            body instanceof Obj form
                && form.entries().stream().allMatch(each -> Json.scalar(each.value()) != null);
        yield flat
            ? draft.bytes(Bodies.form((Obj) body).getBytes(StandardCharsets.UTF_8), range)
            : null;
      }
      case PATH, QUERY, HEADER, COOKIE, PARTS -> null;
    };
  }

  @Nullable Coding of(String word) {
    return byWord.get(word);
  }

  /// A case for each that fits a request: a free text stands in the body where there is room, and
  /// a text in the query.
  List<FuzzCase> cases(Trials trials, Writing writing, String operation) {
    List<FuzzCase> all = new ArrayList<>();
    FuzzCase plain = FuzzCase.of(operation, Rule.RIGHT, named(trials, operation));
    Draft draft = writing.of(plain);
    for (Coding each : byWord.values()) {
      if (each.written().apply(draft) != null) {
        all.add(plain.coded(each.rule(), each.word()));
      }
    }
    return all;
  }

  private static Map<String, @Nullable Node> named(Trials trials, String operation) {
    Map<String, @Nullable Node> values = new LinkedHashMap<>();
    for (Root root : trials.roots()) {
      boolean query = root.kind() == Root.Kind.QUERY && root.isTextual();
      boolean body = root.parameter() == null;
      for (Site site : query || body ? root.sites() : List.<Site>of()) {
        boolean text = Shapes.type(site.flat()).equals("string");
        String at = body ? "body" + Pointers.of(site.path()) : root.at();
        String value = query ? "probe" : JsonCodings.NAME;
        boolean free =
            query
                ? site.path().isEmpty()
                : !site.isReadOnly() && site.value() != null && !trials.isNamed(site);
        boolean first = values.keySet().stream().noneMatch(each -> Trials.inBody(each) == body);
        if (text && free && first) {
          Map<String, @Nullable Node> more = new LinkedHashMap<>(values);
          more.put(at, Json.of(value));
          if (trials.stands(FuzzCase.of(operation, Rule.RIGHT, more))) {
            values = more;
          }
        }
      }
    }
    return values;
  }
}
