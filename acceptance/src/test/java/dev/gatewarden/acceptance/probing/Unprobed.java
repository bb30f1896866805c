package dev.gatewarden.acceptance.probing;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Faults of the broken APIs that no probe looks for, and why.
final class Unprobed {
  private static final String UPLOADS = "no probe sends files";
  private static final String NESTED = "what a body of JSON:API may change stands below `data`";

  private static final Map<String, String> WHY =
      Map.ofEntries(
          Map.entry("upload-by-name", UPLOADS),
          Map.entry("upload-into-other-folder", UPLOADS),
          Map.entry("old-version-voids", "nobody says which operations were there before"),
          Map.entry("method-override", "nothing can be made there to be deleted"),
          Map.entry("loan-for-others", NESTED),
          Map.entry("member-sets-role", NESTED),
          Map.entry("member-sets-fines", NESTED),
          Map.entry("include-tells-loans", "no probe asks for expansions"));

  private Unprobed() {}

  static @Nullable String why(String flaw) {
    return WHY.get(flaw);
  }
}
