package dev.gatewarden.platform.probing;

import dev.gatewarden.core.contract.Content;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Names for accounts that are opened: each may be taken once, and the contract's example often is
/// already.
final class Newcomers {
  private static final Set<String> NAMES =
      Set.of("username", "login", "loginname", "email", "emailaddress", "mail", "handle", "nick");
  private static final Pattern ENTRANCE =
      Pattern.compile(
          "(?i).*(log-?_?in|sign-?_?in|token|session|reset|forgot|verif|otp|refresh|change).*");

  private final Samples samples;
  private final long seed;
  private long count;

  /// @param seed of the names
  Newcomers(Samples samples, long seed) {
    this.samples = samples;
    this.seed = seed;
  }

  /// Whether a request opens an account: it is posted, says a name and a password, and is no login.
  static boolean opens(Operation operation, Node body) {
    return operation.method().equals("POST")
        && !ENTRANCE.matcher(operation.path().text()).matches()
        && !ENTRANCE.matcher(operation.id().name()).matches()
        && !places(body, false).isEmpty()
        && !places(body, true).isEmpty();
  }

  /// The body under a name that nobody has, as far as its schema takes one.
  Node renamed(Content.MediaType type, Node body) {
    count++;
    String name = "probe" + Long.toString(Math.floorMod(seed * 31 + count * 7919, 46_656L), 36);
    Node here = body;
    for (List<String> at : places(body, false)) {
      boolean mail = at.getLast().toLowerCase(Locale.ROOT).contains("mail");
      String before = Json.scalar(Json.at(body, at));
      boolean address = mail || (before != null && before.contains("@"));
      Node next = Json.with(here, at, Json.of(address ? name + "@example.com" : name));
      here = type.schema() == null || samples.accepts(type.schema(), next) ? next : here;
    }
    return here;
  }

  /// Where names, or passwords, stand: in the body, or in an object within it.
  private static List<List<String>> places(Node body, boolean passwords) {
    List<List<String>> places = new ArrayList<>();
    if (body instanceof Obj object) {
      for (Node.Member member : object.entries()) {
        if (isMeant(member, passwords)) {
          places.add(List.of(member.name()));
        }
        if (member.value() instanceof Obj inner) {
          for (Node.Member below : inner.entries()) {
            if (isMeant(below, passwords)) {
              places.add(List.of(member.name(), below.name()));
            }
          }
        }
      }
    }
    return places;
  }

  private static boolean isMeant(Node.Member member, boolean passwords) {
    String plain = member.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    boolean meant =
        passwords ? plain.startsWith("pass") || plain.equals("pwd") : NAMES.contains(plain);
    return meant && member.value() instanceof Node.Text;
  }
}
