package dev.gatewarden.gateway.binder.parameter;

import dev.gatewarden.core.canon.PathReader;
import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.contract.PathTemplate;
import dev.gatewarden.core.exchange.Breach;
import dev.gatewarden.core.exchange.Detail;
import dev.gatewarden.core.exchange.Exchange;
import dev.gatewarden.gateway.binder.shape.Cut;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Judges the parameters in the path of one operation.
final class PathParameters {
  private final @Nullable ParameterCheck[] checks;
  private final @Nullable Styled[] styled;

  /// How a value is found in the path as the path spells it, and cut.
  ///
  /// @param segment which segment it stands in, counted from the last
  /// @param before how many characters of the segment stand before it
  /// @param after how many behind
  private record Styled(Cut cut, int segment, int before, int after) {

    /// The value in a canonical path.
    String raw(String path) {
      int end = path.length();
      int begin = path.lastIndexOf('/');
      for (int i = 0; i < segment; i++) {
        end = begin;
        begin = path.lastIndexOf('/', end - 1);
      }
      return path.substring(begin + 1 + before, end - after);
    }
  }

  PathParameters(PathTemplate template, List<ParameterCheck> all) {
    List<String> variables = template.variables();
    checks = new ParameterCheck[variables.size()];
    styled = new Styled[variables.size()];
    for (ParameterCheck check : all) {
      int at = variables.indexOf(check.name());
      if (at >= 0) {
        checks[at] = check;
        boolean simple = check.parameter().style() == Parameter.Style.SIMPLE;
        styled[at] = simple && check.plain() ? null : styled(template, check);
      }
    }
  }

  private static Styled styled(PathTemplate template, ParameterCheck check) {
    Parameter parameter = check.parameter();
    Cut cut =
        new Cut(
            parameter.style(),
            parameter.explode(),
            parameter.name(),
            raw -> PathReader.decode(raw, 0, raw.length()));
    List<PathTemplate.Segment> segments = template.segments();
    for (int i = 0; i < segments.size(); i++) {
      int before = 0;
      int after = 0;
      boolean found = false;
      for (PathTemplate.Part part : segments.get(i).parts()) {
        switch (part) {
          case PathTemplate.Variable(String name) -> found |= name.equals(parameter.name());
          case PathTemplate.Literal(String text) -> {
            int length = PathReader.encode(text).length();
            before += found ? 0 : length;
            after += found ? length : 0;
          }
        }
      }
      if (found) {
        return new Styled(cut, segments.size() - 1 - i, before, after);
      }
    }
    throw new dev.gatewarden.core.GatewardenBug("a path parameter stands in no segment");
  }

  Breach judge(Exchange exchange, @Nullable List<Detail> details) {
    Breach breach = Breach.NONE;
    for (int i = 0; i < checks.length; i++) {
      ParameterCheck check = checks[i];
      Styled how = styled[i];
      if (check == null) {
        continue;
      }
      Breach found;
      if (how == null) {
        found = Faults.one(check, exchange.pathValues().get(i), details);
      } else {
        String raw = how.raw(exchange.request().target().path());
        found =
            check.plain()
                ? scalar(check, how.cut, raw, details)
                : Faults.cut(check, how.cut, raw, details);
      }
      breach = breach.or(found);
    }
    return breach;
  }

  private static Breach scalar(
      ParameterCheck check, Cut cut, String raw, @Nullable List<Detail> details) {
    String text = cut.scalar(raw);
    if (text == null) {
      Faults.add(
          details, check.where(), "is not written as the contract says: " + cut.advice(true));
      return Breach.SCHEMA;
    }
    return Faults.one(check, text, details);
  }
}
