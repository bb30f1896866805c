package dev.gatewarden.core.canon;

import dev.gatewarden.core.exchange.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// The one reading of the header fields of a request (RFC 9110, section 5).
///
/// Refused are fields that must come once and come twice: some servers take the first, some the
/// last, some join them. What can only be judged beside the contract is kept for [PromisedFields]:
/// names that another name is read as, and fields that `Connection` would have removed on the way.
public final class FieldReader implements BiConsumer<String, String> {
  private static final String[] ONCE = {
    "host",
    "cookie",
    "authorization",
    "content-type",
    "content-length",
    "content-range",
    "content-location",
    "content-disposition",
    "expect",
    "if-modified-since",
    "if-range",
    "if-unmodified-since",
    "origin",
    "proxy-authorization",
    "range",
    "dpop",
    "idempotency-key",
    "access-control-request-method"
  };
  private static final int[] BY_LENGTH = byLength();

  private int seen;
  private @Nullable Ambiguity fault;
  private @Nullable List<String> odd;
  private @Nullable List<String> nominated;

  private FieldReader() {}

  private static int[] byLength() {
    int[] candidates = new int[32];
    for (int i = 0; i < ONCE.length; i++) {
      candidates[ONCE[i].length()] |= 1 << i;
    }
    return candidates;
  }

  /// Reads all fields.
  public static FieldReader read(Headers headers) {
    FieldReader reader = new FieldReader();
    headers.each(reader);
    return reader;
  }

  /// Why they have no single reading, whatever the contract says; null when they have.
  public @Nullable Ambiguity fault() {
    return fault;
  }

  /// The names that can be read as another name, lower case; nearly always none.
  List<String> odd() {
    return odd == null ? List.of() : odd;
  }

  /// The fields that `Connection` names besides its own words, lower case; nearly always none.
  List<String> nominated() {
    return nominated == null ? List.of() : nominated;
  }

  @Override
  public void accept(String name, String value) {
    int length = name.length();
    int candidates = length < BY_LENGTH.length ? BY_LENGTH[length] : 0;
    while (candidates != 0) {
      int i = Integer.numberOfTrailingZeros(candidates);
      candidates &= candidates - 1;
      if (name.equalsIgnoreCase(ONCE[i])) {
        fault = (seen & 1 << i) != 0 ? Ambiguity.REPEATED_FIELD : fault;
        seen |= 1 << i;
        return;
      }
    }
    if (length == 10 && name.equalsIgnoreCase("connection")) {
      connection(value);
    } else if (name.indexOf('_') >= 0 || Overrides.overrides(name)) {
      odd = odd == null ? new ArrayList<>(2) : odd;
      odd.add(name.toLowerCase(Locale.ROOT));
    }
  }

  private void connection(String value) {
    if (value.equalsIgnoreCase("keep-alive")
        || value.equalsIgnoreCase("close")
        || value.equalsIgnoreCase("upgrade")) {
      return;
    }
    for (String each : value.split(",", -1)) {
      String token = each.strip().toLowerCase(Locale.ROOT);
      if (!token.isEmpty()) {
        nominated = nominated == null ? new ArrayList<>(2) : nominated;
        nominated.add(token);
      }
    }
  }

  /// Fields by which some frameworks take another method or path than the request line says.
  static final class Overrides {
    private Overrides() {}

    static boolean overrides(String name) {
      return switch (name.length()) {
        case 13 -> name.equalsIgnoreCase("x-http-method") || name.equalsIgnoreCase("x-rewrite-url");
        case 14 ->
            name.equalsIgnoreCase("x-original-url") || name.equalsIgnoreCase("x-original-uri");
        case 15 -> name.equalsIgnoreCase("x-original-path");
        case 17 -> name.equalsIgnoreCase("x-method-override");
        case 22 -> name.equalsIgnoreCase("x-http-method-override");
        default -> false;
      };
    }
  }
}
