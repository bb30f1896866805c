package dev.gatewarden.controls.probes.bfla;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.PathTemplate;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.probe.Identity;
import dev.gatewarden.core.probe.Scene;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Whom an operation is for by its own words, where the contract asks for no role.
///
/// `DELETE /invoices/{id}`, "Removes an invoice; for administrators", is not for a tester who has
/// the role `client` where another one has `admin`.
///
/// @param excluded somebody with a credential for whom it is not
/// @param why in words, after which the answer is told
record Few(Identity excluded, String why) {
  private static final Set<String> PLACES =
      Set.of("admin", "internal", "management", "manage", "backoffice", "sudo", "root", "system");

  /// Roles of those who look after others.
  private static final Set<String> RAISED =
      Set.of(
          "admin",
          "administrator",
          "root",
          "superuser",
          "superadmin",
          "sysadmin",
          "moderator",
          "operator",
          "manager",
          "supervisor",
          "staff");

  /// What is done to people by those who look after them.
  private static final Set<String> DEEDS =
      Set.of("ban", "unban", "bans", "suspend", "promote", "demote", "impersonate");

  /// Who is excluded, or null where nothing says that anybody is.
  static @Nullable Few of(Scene scene, Operation operation) {
    Set<String> roles = new LinkedHashSet<>();
    scene.identities().forEach(each -> roles.addAll(each.is().roles()));
    String said = text(operation, "summary") + "\n" + text(operation, "description");
    for (String role : roles) {
      Identity other = without(scene, Set.of(role));
      if (other != null && isFor(said, role)) {
        return new Few(
            other, "has not the role `" + role + "`, for which it is by the contract's words");
      }
    }
    String place = place(operation);
    if (place == null) {
      return null;
    }
    Set<String> raised = new LinkedHashSet<>();
    for (String each : roles) {
      if (RAISED.contains(plain(each))) {
        raised.add(each);
      }
    }
    Identity other = raised.isEmpty() ? without(scene) : without(scene, raised);
    return other == null
        ? null
        : new Few(
            other,
            "has "
                + (raised.isEmpty()
                    ? "no role"
                    : "not the role `" + String.join("` or `", raised) + "`")
                + ", the path says that it is for few");
  }

  /// Somebody without any of these roles.
  private static @Nullable Identity without(Scene scene, Set<String> roles) {
    for (Identity each : scene.identities()) {
      if (each.is().roles().stream().noneMatch(roles::contains)) {
        return each;
      }
    }
    return null;
  }

  /// Somebody without roles, where others have some.
  private static @Nullable Identity without(Scene scene) {
    boolean others = scene.identities().stream().anyMatch(each -> !each.is().roles().isEmpty());
    for (Identity each : scene.identities()) {
      if (others && each.is().roles().isEmpty()) {
        return each;
      }
    }
    return null;
  }

  /// Whether a part of a sentence says that all of it is for those who have a role, and nothing
  /// else: `for administrators`, `admins only`.
  private static boolean isFor(String said, String role) {
    String name = Pattern.quote(role.replaceAll("[_-]", " ").toLowerCase(Locale.ROOT));
    if (plain(role).startsWith("admin")) {
      name = "(?:" + name + "|admin|administrator)";
    }
    Pattern all =
        Pattern.compile(
            "(only )?(for|by) (the )?NAMEs?( only| alone)?|.* (for|by) NAMEs? (only|alone)"
                    .replace("NAME", name)
                + "|.* only (for|by) NAMEs?|NAMEs? (only|alone)".replace("NAME", name)
                + "|(requires|needs) (the )?(role )?NAME( role| rights| permissions?)?"
                    .replace("NAME", name));
    for (String part : said.toLowerCase(Locale.ROOT).split("[;.:,()\\[\\]\\n-]")) {
      String plain = part.replaceAll("[`'\"*_]", " ").strip().replaceAll("\\s+", " ");
      if (all.matcher(plain).matches()) {
        return true;
      }
    }
    return false;
  }

  /// The word of the path that says that it is for few, or null.
  private static @Nullable String place(Operation operation) {
    for (PathTemplate.Segment segment : operation.path().segments()) {
      for (PathTemplate.Part part : segment.parts()) {
        if (part instanceof PathTemplate.Literal(String text)) {
          String word = text.toLowerCase(Locale.ROOT);
          if (PLACES.contains(word) || (DEEDS.contains(word) && !operation.safe())) {
            return text;
          }
        }
      }
    }
    return null;
  }

  private static String text(Operation operation, String word) {
    return operation.source().get(word) instanceof Node.Text text ? text.value() : "";
  }

  private static String plain(String role) {
    String plain = role.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    return plain.startsWith("role") ? plain.substring(4) : plain;
  }
}
