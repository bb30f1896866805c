package dev.gatewarden.core.schema;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/// The declared names of an object, and what some readers take for one of them.
///
/// Decoders of several languages match members without regard to case, to `_` and `-`, or to
/// compatibility forms of letters. Where an object is open, a caller could write a restricted field
/// by a name that the contract does not declare and the service reads all the same. Nor does it
/// reach behind the object: binders of forms and documents follow dots and brackets in a name
/// (`role.name`, `role[name]`), and some languages keep in `__proto__` and `constructor` what all
/// objects share.
public final class NearNames {
  private static final Set<String> SHARED = Set.of("__proto__", "constructor");

  private final Set<String> exact;
  private final Set<String> folded = new HashSet<>();
  private final long[] hashes;

  public NearNames(Collection<String> declared) {
    exact = Set.copyOf(declared);
    TreeSet<Long> all = new TreeSet<>();
    for (String name : exact) {
      String fold = fold(name);
      folded.add(fold);
      all.add(hash(fold));
    }
    for (String name : SHARED) {
      all.add(hash(fold(name)));
    }
    hashes = all.stream().mapToLong(Long::longValue).toArray();
  }

  /// Whether a name that is not declared is read as a declared one by somebody. Allocates nothing
  /// for a name of ASCII that is near to none.
  ///
  /// @param open the name's opening quote
  /// @param close its closing quote
  boolean resembles(byte[] b, int open, int close) {
    for (int i = open + 1; i < close; i++) {
      if (b[i] < 0 || b[i] == '\\' || b[i] == '.' || b[i] == '[') {
        return resembles(JsonText.decode(b, open, close + 1));
      }
    }
    return Arrays.binarySearch(hashes, hash(b, open + 1, close)) >= 0
        && resembles(JsonText.decode(b, open, close + 1));
  }

  /// Whether a name that is not declared is read as a declared one by somebody.
  public boolean resembles(String name) {
    if (exact.contains(name)) {
      return false;
    }
    int head = 0;
    while (head < name.length() && name.charAt(head) != '.' && name.charAt(head) != '[') {
      head++;
    }
    return SHARED.contains(name)
        || folded.contains(fold(name))
        || (head < name.length() && reaches(name, head));
  }

  /// Whether a name is a path into a declared member, or into what all objects share.
  private boolean reaches(String name, int head) {
    if (folded.contains(fold(name.substring(0, head)))) {
      return true;
    }
    for (String step : name.split("[.\\[\\]]", -1)) {
      if (SHARED.contains(step)) {
        return true;
      }
    }
    return false;
  }

  private static long hash(String fold) {
    byte[] bytes = fold.getBytes(StandardCharsets.UTF_8);
    return hash(bytes, 0, bytes.length);
  }

  /// A hash of what a name of ASCII folds to.
  private static long hash(byte[] b, int from, int to) {
    long hash = 0xCBF29CE484222325L;
    for (int i = from; i < to; i++) {
      int c = b[i];
      if (c != '_' && c != '-') {
        hash = (hash ^ (c >= 'A' && c <= 'Z' ? c | 32 : c)) * 0x100000001B3L;
      }
    }
    return hash;
  }

  static String fold(String name) {
    String plain = Normalizer.normalize(name, Normalizer.Form.NFKC);
    // by way of the upper case, which joins what the lower case alone keeps apart: ſ and s, ı and i
    String lower = plain.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    StringBuilder folded = new StringBuilder(lower.length());
    for (int i = 0; i < lower.length(); ) {
      int point = lower.codePointAt(i);
      i += Character.charCount(point);
      boolean skipped =
          point == '_'
              || point == '-'
              || point == 0x307
              || Character.getType(point) == Character.FORMAT;
      if (!skipped) {
        folded.appendCodePoint(point);
      }
    }
    return folded.toString();
  }
}
