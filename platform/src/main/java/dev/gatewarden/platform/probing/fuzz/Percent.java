package dev.gatewarden.platform.probing.fuzz;

import dev.gatewarden.core.contract.PathTemplate;
import dev.gatewarden.core.probe.Draft;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// One value of a request's path or query percent-encoded in odd ways (RFC 3986, sections 2.1 to
/// 2.4).
final class Percent {
  static final List<Coding> ALL =
      List.of(
          Coding.same("percent-unreserved", draft -> coded(draft, Percent::all)),
          Coding.same(
              "percent-lower-case",
              draft -> coded(draft, text -> all(text).toLowerCase(Locale.ROOT))),
          Coding.other("percent-twice", draft -> coded(draft, Percent::twice)),
          Coding.other("percent-overlong", draft -> coded(draft, Percent::overlong)));

  private Percent() {}

  /// The request with a value that is another to everybody.
  static @Nullable Draft control(Draft draft) {
    return coded(draft, text -> text.equals("zzprobe") ? "zzprobe2" : "zzprobe");
  }

  /// Every byte in percent signs, also those that need none.
  private static String all(String text) {
    StringBuilder all = new StringBuilder();
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      all.append(hex(each & 0xff));
    }
    return all.toString();
  }

  /// The first character encoded, and its percent sign again.
  private static String twice(String text) {
    return "%25" + all(text.substring(0, 1)).substring(1) + Draft.encoded(text.substring(1));
  }

  /// The first character in two bytes where one is due (RFC 3629, section 3).
  private static String overlong(String text) {
    char c = text.charAt(0);
    return c >= 0x80
        ? ""
        : hex(0xC0 | c >> 6) + hex(0x80 | c & 0x3F) + Draft.encoded(text.substring(1));
  }

  private static String hex(int value) {
    return "%"
        + Character.toUpperCase(Character.forDigit(value >> 4, 16))
        + Character.toUpperCase(Character.forDigit(value & 15, 16));
  }

  /// With the last pair of the query, or else the last variable of the path, written by a coder.
  private static @Nullable Draft coded(Draft draft, UnaryOperator<String> coder) {
    boolean query = !draft.query().isEmpty();
    String value = query ? draft.query().getLast().value() : last(draft);
    String written = value == null || value.isEmpty() ? "" : coder.apply(value);
    if (written.isEmpty() || !draft.operation().safe()) {
      return null;
    }
    StringBuilder target = new StringBuilder();
    String variable = query ? null : name(draft);
    for (PathTemplate.Segment segment : draft.operation().path().segments()) {
      target.append('/');
      for (PathTemplate.Part part : segment.parts()) {
        target.append(
            switch (part) {
              case PathTemplate.Literal(String literal) -> Draft.encoded(literal);
              case PathTemplate.Variable(String name) ->
                  name.equals(variable)
                      ? written
                      : Draft.encoded(draft.path().getOrDefault(name, ""));
            });
      }
    }
    for (int i = 0; i < draft.query().size(); i++) {
      Draft.Pair each = draft.query().get(i);
      boolean here = query && i == draft.query().size() - 1;
      target
          .append(i == 0 ? '?' : '&')
          .append(Draft.encoded(each.name()))
          .append('=')
          .append(here ? written : Draft.encoded(each.value()));
    }
    return draft.exactly(target.toString());
  }

  private static @Nullable String last(Draft draft) {
    String name = name(draft);
    return name == null ? null : draft.path().get(name);
  }

  private static @Nullable String name(Draft draft) {
    String name = null;
    for (PathTemplate.Segment segment : draft.operation().path().segments()) {
      for (PathTemplate.Part part : segment.parts()) {
        name = part instanceof PathTemplate.Variable(String of) ? of : name;
      }
    }
    return name;
  }
}
