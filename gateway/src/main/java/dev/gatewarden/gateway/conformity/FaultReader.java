package dev.gatewarden.gateway.conformity;

import dev.gatewarden.core.exchange.Detail;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Turns what is wrong with one answer into places of its contract, without any name that may be a
/// value.
public final class FaultReader {
  private static final int MOST = 8;
  private static final int LONGEST = 40;
  private static final int MOST_DIGITS = 2;

  private FaultReader() {}

  /// @param declared the names that the contract declares
  public static List<Fault> of(List<Detail> details, Set<String> declared) {
    List<Fault> faults = new ArrayList<>();
    for (Detail detail : details) {
      Fault fault =
          new Fault(
              place(detail.instanceLocation(), declared),
              detail.keywordLocation(),
              detail.message());
      if (faults.size() < MOST && !faults.contains(fault)) {
        faults.add(fault);
      }
    }
    return faults;
  }

  /// A field that the contract does not know. Its name is told where it can only be the name of a
  /// field: letters, few digits, not long.
  public static Fault undeclared(String pointer, Set<String> declared) {
    int leaf = pointer.lastIndexOf('/') + 1;
    String name = pointer.substring(leaf);
    String place = place(pointer.substring(0, Math.max(0, leaf - 1)), declared);
    return new Fault(
        place + "/" + (isName(name) ? name : "*"), "", "is a field the contract does not know");
  }

  private static boolean isName(String name) {
    int digits = 0;
    boolean plain = !name.isEmpty() && name.length() <= LONGEST && letter(name.charAt(0));
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean digit = c >= '0' && c <= '9';
      digits += digit ? 1 : 0;
      plain &= digit || letter(c) || c == '_' || c == '-';
    }
    return plain && digits <= MOST_DIGITS;
  }

  private static boolean letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }

  /// A pointer with `*` for every item and every name that the contract does not declare.
  static String place(String pointer, Set<String> declared) {
    if (!pointer.startsWith("/")) {
      return pointer;
    }
    StringBuilder place = new StringBuilder();
    for (String token : pointer.substring(1).split("/", -1)) {
      String name = token.replace("~1", "/").replace("~0", "~");
      place.append('/').append(declared.contains(name) ? token : "*");
    }
    return place.toString();
  }
}
