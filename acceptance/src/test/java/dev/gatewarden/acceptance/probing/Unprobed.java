package dev.gatewarden.acceptance.probing;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Faults of the broken APIs that no probe looks for, and why.
final class Unprobed {
  private static final String LATER = "no probe looks for it yet";

  private static final Map<String, String> WHY =
      Map.ofEntries(
          Map.entry("voucher-twice", LATER),
          Map.entry("odd-id-fails", LATER),
          Map.entry("expired-token", LATER),
          Map.entry("logout-forgotten", LATER),
          Map.entry("login-unlimited", LATER),
          Map.entry("login-tells-who-is-known", LATER),
          Map.entry("body-unbounded", LATER),
          Map.entry("cached-for-everybody", LATER),
          Map.entry("answer-off-contract", LATER),
          Map.entry("account-given-twice", LATER),
          Map.entry("key-in-query", LATER),
          Map.entry("export-unlimited", LATER),
          Map.entry("page-unbounded", LATER),
          Map.entry("callback-fetched", LATER),
          Map.entry("event-replayed", LATER),
          Map.entry("upload-by-name", LATER),
          Map.entry("upload-into-other-folder", LATER),
          Map.entry("old-version-alive", LATER),
          Map.entry("old-version-voids", LATER),
          Map.entry("method-override", LATER),
          Map.entry("trace-in-error", LATER),
          Map.entry("type-ignored", LATER),
          Map.entry("debug-page", LATER),
          Map.entry("management-page", LATER),
          Map.entry("docs-open", LATER),
          Map.entry("files-listed", LATER));

  private Unprobed() {}

  static @Nullable String why(String flaw) {
    return WHY.get(flaw);
  }
}
