package dev.gatewarden.gateway.binder.body.patch;

import dev.gatewarden.core.contract.PropertyNode;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Detail;
import dev.gatewarden.core.exchange.Reading.Mark;
import dev.gatewarden.core.exchange.Reading.Meaning;
import dev.gatewarden.gateway.binder.body.BodyReader;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Reads JSON that is merged into an object (RFC 7396): what stands in the place of an object, and
/// is none, deletes each of its members, and so writes it.
final class MergePatchBody implements BodyReader {
  private final BodyReader document;
  private final Governed written;
  private final Identities identities;

  MergePatchBody(BodyReader document, Governed written, Identities identities) {
    this.document = document;
    this.written = written;
    this.identities = identities;
  }

  @Override
  public Found read(Bytes body, String contentType) {
    Found found = document.read(body, contentType);
    if (!found.complete() || body.length() == 0) {
      return found;
    }
    Set<Mark> marks = new LinkedHashSet<>();
    byte[] json = body.array();
    int at = JsonParts.begin(json, body.from());
    if (json[at] == '{') {
      merged(json, at, List.of(written.root()), new ArrayList<>(), marks);
    }
    if (marks.isEmpty()) {
      return found;
    }
    Set<Mark> all = new LinkedHashSet<>(found.marks());
    all.addAll(marks);
    return new Found(found.conforms(), true, found.view(), List.copyOf(all), found.uploads());
  }

  private void merged(
      byte[] json, int object, List<PropertyNode> places, List<String> path, Set<Mark> marks) {
    JsonParts.members(
        json,
        object,
        (name, nameFrom, from, to) -> {
          List<PropertyNode> next = new ArrayList<>(1);
          for (PropertyNode place : places) {
            PropertyNode member = place.member(name);
            if (member != null && !next.contains(member)) {
              next.add(member);
            }
          }
          path.add(name);
          if (json[from] == '{') {
            merged(json, from, next, path, marks);
          } else if (json[from] != '[') {
            for (PropertyNode place : next) {
              for (Meaning meaning : written.of(place).writesUnder()) {
                marks.add(new Mark(meaning, nameFrom, from, to));
              }
            }
            // What stood there is gone; the value itself says nothing of it.
            identities.below(path, meaning -> marks.add(new Mark(meaning, nameFrom, object, to)));
          }
          path.removeLast();
        });
  }

  @Override
  public List<Detail> explain(Bytes body, String contentType) {
    return document.explain(body, contentType);
  }
}
