package dev.gatewarden.core.contract;

import dev.gatewarden.core.document.Place;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What may come back, by status.
///
/// @param byStatus keys are `200`, `4XX` or `default`
public record Responses(Map<String, Promised> byStatus) {

  public Responses {
    byStatus = Collections.unmodifiableMap(new LinkedHashMap<>(byStatus));
  }

  /// One promised response.
  ///
  /// @param status the key: `200`, `4XX`, `default`
  /// @param headers the headers it describes; `Content-Type` is never among them
  /// @param content what its body may be; empty when it has none
  public record Promised(String status, List<Parameter> headers, Content content, Place place) {
    public Promised {
      headers = List.copyOf(headers);
    }
  }

  /// What is promised for a status: the status itself, then its class, then `default`; null when
  /// none is.
  public @Nullable Promised of(int status) {
    Promised exact = byStatus.get(Integer.toString(status));
    if (exact != null) {
      return exact;
    }
    Promised wide = byStatus.get((status / 100) + "XX");
    return wide != null ? wide : byStatus.get("default");
  }
}
