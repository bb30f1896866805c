package dev.gatewarden.gateway.binder.parameter;

import dev.gatewarden.core.exchange.Breach;
import dev.gatewarden.core.exchange.Detail;
import dev.gatewarden.core.exchange.Headers;
import dev.gatewarden.gateway.binder.shape.Cut;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Judges the header fields that an operation declares, of requests or of responses. Fields that
/// nobody declared are not looked at.
public final class HeaderParameters {
  private final List<ParameterCheck> checks;
  private final List<@Nullable Cut> cuts;
  private final boolean lines;

  /// @param lines whether a field that may come in several lines is read as one list, which is how
  ///     responses write it (RFC 9110, section 5.3); a request that does so is refused
  HeaderParameters(List<ParameterCheck> checks, boolean lines) {
    this.checks = checks;
    this.lines = lines;
    this.cuts = new ArrayList<>();
    for (ParameterCheck check : checks) {
      cuts.add(
          check.plain()
              ? null
              : new Cut(
                  check.parameter().style(),
                  check.parameter().explode(),
                  check.name(),
                  String::strip));
    }
  }

  /// Which promise the fields break; what is wrong is added to the details where somebody asks.
  public Breach judge(Headers headers, @Nullable List<Detail> details) {
    Breach breach = Breach.NONE;
    for (int i = 0; i < checks.size(); i++) {
      breach = breach.or(judge(checks.get(i), cuts.get(i), headers, details));
    }
    return breach;
  }

  private Breach judge(
      ParameterCheck check, @Nullable Cut cut, Headers headers, @Nullable List<Detail> details) {
    String name = check.name();
    String value = headers.first(name);
    if (value == null) {
      return Faults.missing(check, details);
    }
    if (headers.count(name) > 1) {
      return lines
          ? several(check, cut, headers.all(name), details)
          : Faults.repeated(check.where(), details);
    }
    return one(check, cut, value, details);
  }

  private static Breach several(
      ParameterCheck check,
      @Nullable Cut cut,
      List<String> values,
      @Nullable List<Detail> details) {
    if (cut != null) {
      return one(check, cut, String.join(",", values), details);
    }
    if (!check.name().equalsIgnoreCase("set-cookie")) {
      return Faults.repeated(check.where(), details);
    }
    Breach breach = Breach.NONE;
    for (String value : values) {
      breach = breach.or(Faults.one(check, value, details));
    }
    return breach;
  }

  private static Breach one(
      ParameterCheck check, @Nullable Cut cut, String value, @Nullable List<Detail> details) {
    return cut == null ? Faults.one(check, value, details) : Faults.cut(check, cut, value, details);
  }
}
