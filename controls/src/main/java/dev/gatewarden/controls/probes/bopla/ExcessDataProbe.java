package dev.gatewarden.controls.probes.bopla;

import dev.gatewarden.core.contract.Content;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Responses;
import dev.gatewarden.core.contract.Shape;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Attack;
import dev.gatewarden.core.probe.Confidence;
import dev.gatewarden.core.probe.Draft;
import dev.gatewarden.core.probe.Fault;
import dev.gatewarden.core.probe.Identity;
import dev.gatewarden.core.probe.Probe;
import dev.gatewarden.core.probe.Scene;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Compares what callers are answered with what the contract promises them.
///
/// Told are fields that are `writeOnly` or for other readers, and fields that the contract does not
/// name; of these, the ones whose names speak of secrets weigh more, however deep they stand.
@Attack(
    id = "excess-data",
    title = "an answer shows fields that are not for the caller",
    threat = Threat.API3_PROPERTY_AUTHORIZATION,
    cwe = 213,
    guards = {"excess-data", "readable-fields"},
    remedy =
        "leave passwords out, answer with what the contract promises alone, and say by"
            + " `x-gatewarden-read` whose the rest is")
public final class ExcessDataProbe implements Probe {
  private static final int DEEPEST = 8;

  private static final Set<String> SECRET =
      Set.of(
          "password",
          "passwd",
          "pwd",
          "hash",
          "salt",
          "secret",
          "token",
          "apikey",
          "privatekey",
          "ssn",
          "socialsecurity",
          "creditcard",
          "cardnumber",
          "cvv",
          "pin",
          "iban",
          "mfa",
          "otp",
          "salary",
          "internal",
          "cost",
          "margin",
          "risk",
          "session",
          "resettoken");

  private static final Pattern PASSWORD =
      Pattern.compile("(?i)(hashed|encrypted)?[_-]?(password|passwd|pwd)[_-]?(hash|digest)?");

  /// Nothing, or a stand-in.
  private static final Pattern MASKED = Pattern.compile("[*•xX.-]*|(?i)\\W*(redacted|hidden)\\W*");

  @Override
  public void run(Scene scene) {
    for (Operation operation : scene.operations()) {
      if (operation.safe()) {
        attack(scene, operation);
      }
    }
  }

  private static void attack(Scene scene, Operation operation) {
    List<Identity> least = new ArrayList<>(scene.identities());
    least.sort(Comparator.comparingInt(each -> each.is().roles().size()));
    for (Identity caller : least) {
      Draft draft = scene.allowed(operation, caller, null) ? scene.honest(operation, caller) : null;
      Answer answer = draft == null ? null : scene.send(draft);
      if (answer == null || !answer.ok() || answer.json() == null) {
        continue;
      }
      boolean found = passwords(scene, operation, answer);
      Shape promised = promised(operation, answer);
      if (promised == null && found) {
        return;
      }
      if (promised == null) {
        continue;
      }
      Set<String> denied = new TreeSet<>();
      Set<String> unnamed = new TreeSet<>();
      compare(answer.json(), promised, caller, "", denied, unnamed);
      if (found && denied.isEmpty() && unnamed.stream().noneMatch(ExcessDataProbe::secret)) {
        // what else nobody described is little beside a password
        return;
      }
      tell(scene, operation, caller, answer, denied, unnamed);
      return;
    }
    scene.untested(operation, "nobody was answered with JSON that the contract describes");
  }

  private static void tell(
      Scene scene,
      Operation operation,
      Identity caller,
      Answer answer,
      Set<String> denied,
      Set<String> unnamed) {
    if (!denied.isEmpty()) {
      scene.found(
          new Fault(
              operation,
              "response" + String.join(",", denied),
              Severity.HIGH,
              Confidence.PROVED,
              "`" + caller + "` is shown " + names(denied) + ", which the contract keeps from them",
              List.of(answer.attempt())));
    }
    if (!unnamed.isEmpty()) {
      boolean secret = unnamed.stream().anyMatch(ExcessDataProbe::secret);
      scene.found(
          new Fault(
                  operation,
                  // Who agrees to some fields has not agreed to the next ones.
                  "response (unnamed) " + String.join(",", unnamed),
                  secret ? Severity.HIGH : Severity.LOW,
                  Confidence.PROVED,
                  "the answer holds " + names(unnamed) + ", which the contract does not name",
                  List.of(answer.attempt()))
              .titled(
                  secret
                      ? "an answer shows secrets that the contract does not name"
                      : "an answer holds fields that the contract does not name"));
    }
    if (denied.isEmpty() && unnamed.isEmpty()) {
      scene.withstood(operation);
    }
  }

  /// Passwords are in no answer, whatever the contract says.
  private static boolean passwords(Scene scene, Operation operation, Answer answer) {
    Set<String> shown = new TreeSet<>();
    passwords(answer.json(), "", shown);
    if (!shown.isEmpty()) {
      scene.found(
          new Fault(
                  operation,
                  "response (passwords)",
                  Severity.HIGH,
                  Confidence.PROVED,
                  "the answer holds " + names(shown) + ", which no answer should",
                  List.of(answer.attempt()))
              .titled("an answer shows passwords"));
    }
    return !shown.isEmpty();
  }

  private static void passwords(@Nullable Node value, String at, Set<String> shown) {
    switch (value) {
      case Node.Arr array -> array.items().forEach(each -> passwords(each, at + "/*", shown));
      case Node.Obj object -> {
        for (Node.Member member : object.entries()) {
          String here = at + "/" + member.name();
          if (PASSWORD.matcher(member.name()).matches()
              && member.value() instanceof Node.Text(var _, String text)
              && !MASKED.matcher(text).matches()) {
            shown.add(here);
          }
          passwords(member.value(), here, shown);
        }
      }
      case Node.Text _, Node.Num _, Node.Bool _, Node.Null _ -> {}
      case null -> {}
    }
  }

  private static String names(Set<String> names) {
    return "`" + String.join("`, `", names) + "`";
  }

  private static boolean secret(String pointer) {
    String last = pointer.substring(pointer.lastIndexOf('/') + 1);
    String words = last.replaceAll("([a-z0-9])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
    String joined = words.replaceAll("[^a-z]", "");
    return SECRET.contains(joined)
        || List.of(words.split("[^a-z]+", -1)).stream().anyMatch(SECRET::contains);
  }

  /// The secrets within what nobody described; passwords are told by themselves.
  private static void secrets(Node value, String at, int depth, Set<String> found) {
    switch (value) {
      case Node.Obj object -> {
        for (Node.Member member : depth > DEEPEST ? List.<Node.Member>of() : object.entries()) {
          String here = at + "/" + member.name();
          boolean said = member.value() instanceof Node.Text text && text.value().length() > 2;
          if (said && secret(here) && !PASSWORD.matcher(member.name()).matches()) {
            found.add(here);
          }
          secrets(member.value(), here, depth + 1, found);
        }
      }
      case Node.Arr array -> {
        for (Node item : depth > DEEPEST ? List.<Node>of() : array.items()) {
          secrets(item, at + "/*", depth + 1, found);
        }
      }
      case Node.Text _, Node.Num _, Node.Bool _, Node.Null _ -> {}
    }
  }

  private static @Nullable Shape promised(Operation operation, Answer answer) {
    Responses.Promised response = operation.responses().of(answer.status());
    String type = answer.header("content-type");
    Content.MediaType media = response == null || type == null ? null : response.content().of(type);
    return media == null || media.schema() == null ? null : Shape.of(media.schema());
  }

  private static void compare(
      Node value,
      Shape shape,
      Identity caller,
      String at,
      Set<String> denied,
      Set<String> unnamed) {
    switch (value) {
      case Node.Arr array -> {
        Shape items = shape.items();
        if (items != null) {
          array.items().forEach(each -> compare(each, items, caller, at + "/*", denied, unnamed));
        }
      }
      case Node.Obj object -> {
        var members = shape.members();
        for (Node.Member member : object.entries()) {
          Shape inner = members.get(member.name());
          String here = at + "/" + member.name();
          if (inner == null) {
            boolean told = PASSWORD.matcher(member.name()).matches();
            if (!members.isEmpty()
                && !told
                && (!shape.says("additionalProperties") || secret(here))) {
              unnamed.add(here);
              secrets(member.value(), here, 0, unnamed);
            }
          } else if (inner.says("writeOnly")
              || Writers.forbids(inner.value("x-gatewarden-read"), caller)) {
            denied.add(here);
          } else {
            compare(member.value(), inner, caller, here, denied, unnamed);
          }
        }
      }
      case Node.Text _, Node.Num _, Node.Bool _, Node.Null _ -> {}
    }
  }
}
