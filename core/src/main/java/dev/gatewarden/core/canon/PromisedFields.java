package dev.gatewarden.core.canon;

import dev.gatewarden.core.exchange.Headers;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The header fields that one operation promises to read, and what may be confused with them.
///
/// Refused are, unless the contract names the field itself: a name with underscores that servers of
/// the CGI family take for one that is promised, present, or of the gate's own (`X_Forwarded_For`);
/// fields that let a framework take another method or path; a `Connection` that would remove a
/// field on the way that was judged here; a promised field with bytes beyond ASCII, which some
/// servers read as Latin-1 and some as UTF-8.
public final class PromisedFields {
  /// Fields that the gate judges, writes or cuts off, whatever the contract says.
  private static final Set<String> RESERVED =
      Set.of(
          "accept",
          "accept-encoding",
          "authorization",
          "client-cert",
          "client-ip",
          "connection",
          "content-disposition",
          "content-encoding",
          "content-length",
          "content-type",
          "cookie",
          "dpop",
          "expect",
          "forwarded",
          "host",
          "idempotency-key",
          "if-match",
          "if-none-match",
          "origin",
          "proxy-authorization",
          "range",
          "traceparent",
          "transfer-encoding",
          "true-client-ip",
          "upgrade",
          "x-client-cert",
          "x-client-ip",
          "x-correlation-id",
          "x-real-ip",
          "x-request-id");

  private final String[] promised;
  private final String[] dashed;
  private final Set<String> names;

  /// @param names as the contract writes them
  public PromisedFields(Iterable<String> names) {
    Set<String> lower = new TreeSet<>();
    names.forEach(name -> lower.add(name.toLowerCase(Locale.ROOT)));
    this.names = Set.copyOf(lower);
    this.promised = lower.toArray(new String[0]);
    this.dashed =
        lower.stream()
            .filter(name -> name.indexOf('_') >= 0)
            .map(name -> name.replace('_', '-'))
            .toArray(String[]::new);
  }

  /// Why the fields have no single reading for this operation; null when they have.
  public @Nullable Ambiguity fault(FieldReader fields, Headers headers) {
    if (fields.fault() != null) {
      return fields.fault();
    }
    for (String name : promised) {
      String value = headers.first(name);
      if (value != null && !isAscii(value)) {
        return Ambiguity.FIELD_NOT_ASCII;
      }
    }
    for (String name : dashed) {
      if (headers.first(name) != null) {
        return Ambiguity.LOOKALIKE_FIELD;
      }
    }
    Ambiguity why = fields.odd().isEmpty() ? null : odd(fields.odd(), headers);
    return why != null || fields.nominated().isEmpty() ? why : nominated(fields.nominated());
  }

  private @Nullable Ambiguity odd(List<String> odd, Headers headers) {
    for (String name : odd) {
      if (FieldReader.Overrides.overrides(name.replace('_', '-')) && !names.contains(name)) {
        return Ambiguity.OVERRIDING_FIELD;
      }
      String dashed = name.replace('_', '-');
      if (!dashed.equals(name)
          && ((names.contains(dashed) || isReserved(dashed) || headers.first(dashed) != null)
              || spellings(odd, dashed) > 1)) {
        return Ambiguity.LOOKALIKE_FIELD;
      }
    }
    return null;
  }

  private static int spellings(List<String> odd, String dashed) {
    int spellings = 0;
    for (String name : odd) {
      spellings += name.replace('_', '-').equals(dashed) ? 1 : 0;
    }
    return spellings;
  }

  private @Nullable Ambiguity nominated(List<String> nominated) {
    for (String name : nominated) {
      if (names.contains(name) || (isReserved(name) && !isOfConnection(name))) {
        return Ambiguity.REMOVED_FIELD;
      }
    }
    return null;
  }

  private static boolean isReserved(String dashed) {
    return dashed.startsWith("x-forwarded-") || RESERVED.contains(dashed);
  }

  private static boolean isOfConnection(String name) {
    return switch (name) {
      case "connection", "upgrade", "transfer-encoding", "proxy-authorization" -> true;
      default -> false;
    };
  }

  private static boolean isAscii(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }
}
