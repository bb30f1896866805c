package dev.gatewarden.gateway.binder.body;

import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Detail;
import dev.gatewarden.core.exchange.Upload;
import dev.gatewarden.core.schema.Schema;
import dev.gatewarden.gateway.binder.body.multipart.Part;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Judges each part by itself, and writes all of them as one JSON object for the schema to judge.
final class PartJudge {
  private final Map<String, PartRule> rules;
  private final Schema json;
  private final int mostText;

  /// @param json what any JSON document within the bounds obeys
  /// @param mostText the most bytes of a part that is text
  PartJudge(Map<String, PartRule> rules, Schema json, int mostText) {
    this.rules = rules;
    this.json = json;
    this.mostText = mostText;
  }

  /// What the parts of a body came to.
  ///
  /// @param view a JSON object with a member for each name
  /// @param faults what is wrong with single parts
  record Judged(Bytes view, List<Upload> uploads, List<Detail> faults) {}

  Judged judge(Bytes body, List<Part> parts) {
    return new Run(body).judge(parts);
  }

  private PartRule rule(String name) {
    PartRule rule = name.isEmpty() ? null : rules.get(name);
    return rule == null ? rules.getOrDefault("", PartRule.UNKNOWN) : rule;
  }

  /// Judging the parts of one body.
  private final class Run {
    private final byte[] a;
    private final PartView view;
    private final List<Upload> uploads = new ArrayList<>(1);
    private final List<Detail> faults = new ArrayList<>(0);

    Run(Bytes body) {
      this.a = body.array();
      this.view = new PartView(256);
    }

    Judged judge(List<Part> parts) {
      Map<String, List<Part>> byName = new LinkedHashMap<>();
      for (Part part : parts) {
        byName.computeIfAbsent(part.name(), _ -> new ArrayList<>(1)).add(part);
      }
      view.begin('{');
      byName.forEach(this::named);
      view.end('}');
      return new Judged(view.done(), uploads, faults);
    }

    private void named(String name, List<Part> parts) {
      PartRule rule = rule(name);
      String where = "/" + name.replace("~", "~0").replace("/", "~1");
      view.member(name);
      if (!rule.many()) {
        if (parts.size() > 1) {
          fault(where, "the part stands there more than once");
        }
        part(rule, where, parts.getFirst());
        return;
      }
      view.begin('[');
      for (int i = 0; i < parts.size(); i++) {
        view.item();
        part(rule, where + "/" + i, parts.get(i));
      }
      view.end(']');
    }

    private void part(PartRule rule, String where, Part part) {
      if (!rule.takes(part)) {
        fault(where, "the part is of a type that is not promised");
      }
      if (part.type() != null && !part.type().isUtf8()) {
        fault(where, "the part is in a charset other than UTF-8");
      }
      headers(rule, where, part);
      switch (rule.kindOf(part)) {
        case TEXT -> text(where, part, PartKind.TEXT);
        case SCALAR -> text(where, part, PartKind.SCALAR);
        case EITHER, ANY -> text(where, part, PartKind.EITHER);
        case JSON -> document(where, part);
        case FILE -> file(rule, where, part);
        case BASE64 -> base64(rule, where, part);
      }
    }

    private void text(String where, Part part, PartKind kind) {
      if (part.disposition().fileName() != null) {
        fault(where, "the part is no file, and has the name of one");
      }
      if (part.name().equals("_charset_")) {
        fault(where, "the part would change how others are read");
      }
      if (part.to() - part.from() > mostText) {
        fault(where, "the part is longer than any text may be");
      }
      if (isMarked(part)) {
        fault(where, "the part begins with a byte order mark");
      }
      if (kind != PartKind.TEXT && isScalar(part.from(), part.to())) {
        view.raw(a, part.from(), part.to());
      } else {
        view.text(a, part.from(), part.to());
      }
    }

    private boolean isMarked(Part part) {
      int from = part.from();
      return part.to() - from >= 3
          && a[from] == (byte) 0xEF
          && a[from + 1] == (byte) 0xBB
          && a[from + 2] == (byte) 0xBF;
    }

    /// Whether the text is a JSON number or one of the three literals: judged before it stands
    /// unquoted, so that nothing comes in with it.
    private boolean isScalar(int from, int to) {
      if (from == to || a[from] == '"' || a[from] == '{' || a[from] == '[' || a[from] <= ' ') {
        return false;
      }
      return a[to - 1] > ' ' && json.judge(a, from, to, Visits.mine()) == Schema.VALID;
    }

    private void document(String where, Part part) {
      if (json.judge(a, part.from(), part.to(), Visits.mine()) == Schema.VALID) {
        view.raw(a, part.from(), part.to());
      } else {
        fault(where, "the part is no JSON within the bounds of a document");
        view.file(0);
      }
    }

    private void file(PartRule rule, String where, Part part) {
      view.file(rule.measured() ? part.to() - part.from() : 0);
      add(rule, where, part, new Bytes(a, part.from(), part.to()));
    }

    private void base64(PartRule rule, String where, Part part) {
      view.text(a, part.from(), part.to());
      byte[] decoded = decoded(part);
      if (decoded == null) {
        fault(where, "the part is no base64");
      } else {
        add(rule, where, part, Bytes.of(decoded));
      }
    }

    private byte @Nullable [] decoded(Part part) {
      try {
        return Base64.getDecoder().decode(java.util.Arrays.copyOfRange(a, part.from(), part.to()));
      } catch (IllegalArgumentException other) {
        return null;
      }
    }

    private void add(PartRule rule, String where, Part part, Bytes bytes) {
      String type = part.type() == null ? "" : part.type().type();
      uploads.add(
          new Upload(
              where, part.disposition().fileName(), type, rule.types().contains(type), bytes));
    }

    private void headers(PartRule rule, String where, Part part) {
      for (Part.Line line : part.headers()) {
        if (rule.headers().stream().noneMatch(known -> known.name().equals(line.name()))) {
          fault(where, "the part has a header that is not promised");
        }
      }
      for (PartRule.Header known : rule.headers()) {
        String value = part.header(known.name());
        if (value == null) {
          if (known.required()) {
            fault(where, "the part has no header `" + known.name() + "`");
          }
        } else if (!obeys(known, value)) {
          fault(where, "the part's header `" + known.name() + "` is not what is promised");
        }
      }
    }

    private boolean obeys(PartRule.Header known, String value) {
      Schema schema = known.schema();
      if (schema == null) {
        return true;
      }
      byte[] text = value.getBytes(StandardCharsets.UTF_8);
      PartView quoted = new PartView(text.length + 32);
      quoted.text(text, 0, text.length);
      Bytes string = quoted.done();
      boolean asScalar =
          known.kind() != PartKind.TEXT
              && json.judge(text, 0, text.length, Visits.mine()) == Schema.VALID
              && schema.judge(text, 0, text.length, Visits.mine()) == Schema.VALID;
      return asScalar
          || schema.judge(string.array(), 0, string.to(), Visits.mine()) == Schema.VALID;
    }

    private void fault(String where, String message) {
      faults.add(new Detail(where, "", message));
    }
  }
}
