package dev.gatewarden.controls.probes.input;

import dev.gatewarden.controls.probes.Honest;
import dev.gatewarden.controls.probes.Leaks;
import dev.gatewarden.core.contract.Content;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.RequestBody;
import dev.gatewarden.core.contract.Shape;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Attack;
import dev.gatewarden.core.probe.Confidence;
import dev.gatewarden.core.probe.Draft;
import dev.gatewarden.core.probe.Fault;
import dev.gatewarden.core.probe.Identity.Presented;
import dev.gatewarden.core.probe.Identity.Where;
import dev.gatewarden.core.probe.Probe;
import dev.gatewarden.core.probe.Scene;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Sends files that are not what their name and type say, and files whose name leads out of their
/// folder; what they hold is harmless.
@Attack(
    id = "upload",
    title = "files are taken that are not what they seem",
    threat = Threat.API8_MISCONFIGURATION,
    cwe = 434,
    changes = true,
    guards = "upload",
    remedy = "look at the bytes of a file, and give it a name of your own")
public final class UploadProbe implements Probe {
  private static final String BOUNDARY = "probe-2f7d10c5b1a4";

  /// A file that can be written as text.
  private record Kind(String type, String ending, String content) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind("application/pdf", ".pdf", "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n%%EOF\n"),
          new Kind("image/gif", ".gif", "GIF89a\u0001\u0000\u0001\u0000\u0000\u0000\u0000;"),
          new Kind("text/csv", ".csv", "a,b\n1,2\n"),
          new Kind("text/plain", ".txt", "probe\n"));

  @Override
  public void run(Scene scene) {
    for (Operation operation : scene.operations()) {
      Content.MediaType form = form(operation);
      String field = form == null ? "" : field(form);
      if (form != null && !field.isEmpty() && scene.harmless(operation, null)) {
        attack(scene, operation, field, types(form, field));
      }
    }
  }

  private static Content.@Nullable MediaType form(Operation operation) {
    RequestBody body = operation.body();
    return operation.safe() || body == null ? null : body.content().of("multipart/form-data");
  }

  /// The first part that is a file; empty where none is.
  private static String field(Content.MediaType form) {
    if (form.schema() != null) {
      for (Map.Entry<String, Shape> each : Shape.of(form.schema()).members().entrySet()) {
        Shape part = each.getValue();
        if ("binary".equals(Json.scalar(part.value("format")))
            || part.has("contentMediaType")
            || part.has("contentEncoding")) {
          return each.getKey();
        }
      }
    }
    return "";
  }

  /// The types that the contract names for a part; empty where it names none.
  private static String types(Content.MediaType form, String field) {
    Node at = Json.at(form.source(), List.of("encoding", field, "contentType"));
    String types = Json.scalar(at);
    return types == null ? "" : types;
  }

  private static void attack(Scene scene, Operation operation, String field, String types) {
    Draft honest = Honest.of(scene, operation);
    if (honest == null) {
      return;
    }
    for (Kind kind : KINDS) {
      if (!types.isEmpty() && !types.contains(kind.type())) {
        continue;
      }
      String name = scene.marker() + kind.ending();
      if (scene.send(file(honest, field, name, kind.type(), kind.content())).ok()) {
        boolean stood = types.isEmpty() || honestly(scene, honest, field, kind);
        stood &= inside(scene, honest, field, kind);
        if (stood) {
          scene.withstood(operation);
        }
        return;
      }
    }
    scene.untested(operation, "no file that can be written here is taken");
  }

  private static boolean honestly(Scene scene, Draft honest, String field, Kind kind) {
    if (kind.type().startsWith("text/")) {
      return true;
    }
    Answer answer =
        scene.send(
            file(
                honest,
                field,
                scene.marker() + kind.ending(),
                kind.type(),
                "<script>/* a probe */</script>\n"));
    if (!answer.ok()) {
      return true;
    }
    tell(
        scene,
        honest,
        field + " (type)",
        "a script is taken for `" + kind.type() + "` because it is called so",
        answer);
    return false;
  }

  /// Told where the answer repeats the name, so that it was not mended.
  private static boolean inside(Scene scene, Draft honest, String field, Kind kind) {
    for (String way : List.of("../", "..\\", "%2e%2e%2f")) {
      String name = way + scene.marker() + kind.ending();
      Answer answer = scene.send(file(honest, field, name, kind.type(), kind.content()));
      String location = answer.header("location");
      boolean kept =
          Leaks.holds(answer.json(), name) || (location != null && location.contains(name));
      if (answer.ok() && kept) {
        tell(
            scene,
            honest,
            field + " (name)",
            "a file may be called `" + way + "…`, which leads out of its folder",
            answer);
        return false;
      }
    }
    return true;
  }

  private static void tell(Scene scene, Draft honest, String place, String message, Answer answer) {
    scene.found(
        new Fault(
            honest.operation(),
            "part." + place,
            Severity.HIGH,
            Confidence.PROVED,
            message,
            List.of(answer.attempt())));
  }

  /// The honest form with a file in the place of its sample (RFC 7578).
  private static Draft file(Draft honest, String field, String name, String type, String content) {
    StringBuilder text = new StringBuilder();
    if (honest.body() instanceof Obj form) {
      for (Node.Member each : form.entries()) {
        String value = Json.scalar(each.value());
        if (!each.name().equals(field) && token(honest, each.name()) == null) {
          part(text, each.name(), value == null ? Json.text(each.value()) : value);
        }
      }
    }
    for (Presented each : honest.as().presents()) {
      if (each.where() == Where.BODY) {
        part(text, each.name(), each.secret());
      }
    }
    text.append("--").append(BOUNDARY).append("\r\nContent-Disposition: form-data; name=\"");
    text.append(field).append("\"; filename=\"").append(name).append("\"\r\nContent-Type: ");
    text.append(type).append("\r\n\r\n").append(content).append("\r\n--");
    text.append(BOUNDARY).append("--\r\n");
    return honest.written(text.toString(), "multipart/form-data; boundary=" + BOUNDARY);
  }

  private static @Nullable Presented token(Draft honest, String name) {
    for (Presented each : honest.as().presents()) {
      if (each.where() == Where.BODY && each.name().equals(name)) {
        return each;
      }
    }
    return null;
  }

  private static void part(StringBuilder text, String name, String value) {
    text.append("--").append(BOUNDARY).append("\r\nContent-Disposition: form-data; name=\"");
    text.append(name).append("\"\r\n\r\n").append(value).append("\r\n");
  }
}
