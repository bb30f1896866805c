package dev.gatewarden.core.change;

import dev.gatewarden.core.change.OperationPairs.Matched;
import dev.gatewarden.core.change.Schemas.Beside;
import dev.gatewarden.core.contract.Content;
import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.contract.RequestBody;
import dev.gatewarden.core.contract.Responses;
import dev.gatewarden.core.contract.Responses.Promised;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Compares bodies, statuses, media types and headers.
final class MessageComparison {

  /// Whose messages are compared.
  ///
  /// @param name of the operation, for the list of those concerned
  /// @param shown how a sentence calls it
  /// @param bound whether it says whose objects it touches
  record Subject(String name, String shown, boolean bound, Place before, Place after) {}

  private final Schemas schemas;
  private final Ledger ledger;
  private final Likeness likeness;

  MessageComparison(Schemas schemas, Ledger ledger) {
    this.schemas = schemas;
    this.ledger = ledger;
    this.likeness = new Likeness(schemas.old(), schemas.now());
  }

  void body(Matched pair) {
    body(pair.old().body(), pair.now().body(), subject(pair), Flow.REQUEST);
  }

  void responses(Matched pair) {
    responses(pair.old().responses(), pair.now().responses(), subject(pair), Flow.RESPONSE);
  }

  private static Subject subject(Matched pair) {
    return new Subject(
        pair.now().id().name(),
        Comparison.shown(pair.now()),
        Comparison.bound(pair.now()),
        pair.old().place(),
        pair.now().place());
  }

  void body(@Nullable RequestBody before, @Nullable RequestBody after, Subject subject, Flow flow) {
    if (before == null) {
      if (after == null) {
        return;
      }
      boolean needed = after.required();
      Kind kind = needed ? Kind.REQUIRED_REQUEST_BODY_ADDED : Kind.REQUEST_BODY_ADDED;
      String what = "takes a body now" + (needed ? ", and needs it" : "");
      note(kind, subject, "", subject.before(), after.place(), what);
    } else if (after == null) {
      note(
          Kind.REQUEST_BODY_REMOVED,
          subject,
          "",
          before.place(),
          subject.after(),
          "takes no body any more");
    } else {
      if (before.required() != after.required()) {
        Kind kind = after.required() ? Kind.REQUEST_BODY_REQUIRED : Kind.REQUEST_BODY_OPTIONAL;
        String what = after.required() ? "needs its body now" : "no longer needs its body";
        note(kind, subject, "", before.place(), after.place(), what);
      }
      Subject here = within(subject, before.place(), after.place());
      content(before.content(), after.content(), here, flow, "");
    }
  }

  private static Subject within(Subject subject, Place before, Place after) {
    return new Subject(subject.name(), subject.shown(), subject.bound(), before, after);
  }

  void responses(Responses old, Responses now, Subject subject, Flow flow) {
    old.byStatus()
        .forEach(
            (status, before) -> {
              Promised after = covering(now, status);
              if (after == null) {
                boolean success = success(status, old);
                note(
                    success ? Kind.RESPONSE_STATUS_REMOVED : Kind.RESPONSE_ERROR_REMOVED,
                    subject,
                    status,
                    before.place(),
                    subject.after(),
                    "no longer answers `" + status + "`");
              } else {
                response(before, after, subject, flow);
              }
            });
    now.byStatus()
        .forEach(
            (status, after) -> {
              Promised before = old.byStatus().get(status);
              if (before == null) {
                before = covering(old, status);
                String what = "may answer `" + status + "`";
                note(
                    Kind.RESPONSE_STATUS_ADDED,
                    subject,
                    status,
                    subject.before(),
                    after.place(),
                    what);
                if (before != null) {
                  response(before, after, subject, flow);
                }
              }
            });
  }

  /// What is promised for that status, or for the wider one around it.
  private static @Nullable Promised covering(Responses responses, String status) {
    Promised exact = responses.byStatus().get(status);
    if (exact != null || status.equals("default")) {
      return exact;
    }
    Promised wide = responses.byStatus().get(status.charAt(0) + "XX");
    return wide != null ? wide : responses.byStatus().get("default");
  }

  private static boolean success(String status, Responses responses) {
    if (status.equals("default")) {
      return responses.byStatus().keySet().stream().noneMatch(each -> each.startsWith("2"));
    }
    return status.charAt(0) < '4';
  }

  private void response(Promised before, Promised after, Subject subject, Flow flow) {
    Subject here = within(subject, before.place(), after.place());
    content(before.content(), after.content(), here, flow, after.status());
    for (Parameter header : before.headers()) {
      Parameter other = named(after.headers(), header.name());
      String about = after.status() + " " + header.name().toLowerCase(java.util.Locale.ROOT);
      String name =
          "the header `" + Literals.shown(header.name()) + "` of `" + after.status() + "` ";
      if (other == null) {
        header(
            Kind.RESPONSE_HEADER_REMOVED,
            here,
            about,
            header.place(),
            after.place(),
            name + "is gone");
        continue;
      }
      if (header.required() != other.required()) {
        boolean needed = other.required();
        Kind kind = needed ? Kind.RESPONSE_HEADER_REQUIRED : Kind.RESPONSE_HEADER_OPTIONAL;
        String what = needed ? "always comes now" : "no longer always comes";
        header(kind, here, about, header.place(), other.place(), name + what);
      }
      schemas.root(
          List.of(header.schema().schema()),
          List.of(other.schema().schema()),
          flow,
          new Beside(
              header.place(), other.place(), "the header `" + Literals.shown(other.name()) + "`"),
          subject.name(),
          false);
    }
    for (Parameter header : after.headers()) {
      if (named(before.headers(), header.name()) == null) {
        String about = after.status() + " " + header.name().toLowerCase(java.util.Locale.ROOT);
        String name =
            "the header `" + Literals.shown(header.name()) + "` of `" + after.status() + "` ";
        header(
            Kind.RESPONSE_HEADER_ADDED,
            here,
            about,
            before.place(),
            header.place(),
            name + "is new");
      }
    }
  }

  private void header(
      Kind kind, Subject subject, String about, Place before, Place after, String sentence) {
    ledger.note(
        kind,
        subject.shown() + "\n" + about,
        before,
        after,
        sentence + " at `" + subject.shown() + "`",
        subject.name());
  }

  private static @Nullable Parameter named(List<Parameter> headers, String name) {
    for (Parameter header : headers) {
      if (header.name().equalsIgnoreCase(name)) {
        return header;
      }
    }
    return null;
  }

  private void content(Content old, Content now, Subject subject, Flow flow, String status) {
    boolean asked = flow == Flow.REQUEST;
    old.types()
        .forEach(
            (range, before) -> {
              Content.MediaType after = covering(now, range);
              if (after == null) {
                Kind kind =
                    asked ? Kind.REQUEST_MEDIA_TYPE_REMOVED : Kind.RESPONSE_MEDIA_TYPE_REMOVED;
                type(
                    kind,
                    subject,
                    status,
                    range,
                    before.source().place(),
                    subject.after(),
                    " no longer ");
              } else {
                bodies(before, after, subject, flow);
              }
            });
    now.types()
        .forEach(
            (range, after) -> {
              if (covering(old, range) == null) {
                Kind kind = asked ? Kind.REQUEST_MEDIA_TYPE_ADDED : Kind.RESPONSE_MEDIA_TYPE_ADDED;
                type(
                    kind,
                    subject,
                    status,
                    range,
                    subject.before(),
                    after.source().place(),
                    " now ");
              }
            });
  }

  private void type(
      Kind kind,
      Subject subject,
      String status,
      String range,
      Place before,
      Place after,
      String when) {
    String what =
        (status.isEmpty() ? "" : "at `" + status + "`")
            + when
            + (status.isEmpty() ? "takes" : "sends");
    note(
        kind,
        subject,
        status + " " + range,
        before,
        after,
        what.strip() + " `" + Literals.shown(range) + "`");
  }

  private static Content.@Nullable MediaType covering(Content content, String range) {
    Content.MediaType exact = content.types().get(range);
    return exact != null ? exact : content.of(range);
  }

  private void bodies(
      Content.MediaType before, Content.MediaType after, Subject subject, Flow flow) {
    Node one = before.source().get("encoding");
    Node other = after.source().get("encoding");
    if (flow == Flow.REQUEST && !likeness.same(listed(one), listed(other))) {
      note(
          Kind.REQUEST_ENCODING_CHANGED,
          subject,
          after.range(),
          one == null ? before.source().place() : one.place(),
          other == null ? after.source().place() : other.place(),
          "reads the parts of `" + Literals.shown(after.range()) + "` otherwise");
    }
    schemas.root(
        before.schema() == null ? List.of() : List.of(before.schema().schema()),
        after.schema() == null ? List.of() : List.of(after.schema().schema()),
        flow,
        new Beside(before.source().place(), after.source().place(), "the body"),
        subject.name(),
        subject.bound() && flow == Flow.RESPONSE);
  }

  private static List<Node> listed(@Nullable Node node) {
    return node == null ? new ArrayList<>() : List.of(node);
  }

  private void note(
      Kind kind, Subject subject, String about, Place before, Place after, String what) {
    ledger.note(
        kind,
        subject.shown() + "\n" + about,
        before,
        after,
        "`" + subject.shown() + "` " + what,
        subject.name());
  }
}
