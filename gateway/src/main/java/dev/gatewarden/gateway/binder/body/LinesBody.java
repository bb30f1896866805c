package dev.gatewarden.gateway.binder.body;

import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Detail;
import dev.gatewarden.core.exchange.Reading;
import java.util.ArrayList;
import java.util.List;

/// Reads bodies of which each line is a JSON document (OpenAPI 3.2, "Sequential Media Types").
///
/// No id of the contract can be found in requests of that kind, because a selector names places in
/// one document; what a line writes into an object is. In an answer each line is an object of a
/// list.
public final class LinesBody implements BodyReader {
  private static final int MOST_DETAILS = 16;

  private final JsonBody each;
  private final int most;
  private final boolean whole;

  /// @param most how many lines there may be
  /// @param whole whether no object has to be found, so that a body read to its end is complete
  LinesBody(JsonBody each, int most, boolean whole) {
    this.each = each;
    this.most = most;
    this.whole = whole;
  }

  @Override
  public Found read(Bytes body, String contentType) {
    List<Reading.Mark> marks = new ArrayList<>();
    boolean conforms = true;
    boolean complete = whole;
    int count = 0;
    for (int from = body.from(); from < body.to(); count++) {
      int end = end(body, from);
      Found found = each.read(new Bytes(body.array(), from, end), contentType);
      conforms &= found.conforms() && count < most;
      complete &= found.complete();
      marks.addAll(found.marks());
      from = end + 1;
    }
    return new Found(conforms, complete, body, marks);
  }

  @Override
  public List<Detail> explain(Bytes body, String contentType) {
    List<Detail> details = new ArrayList<>();
    int count = 0;
    for (int from = body.from(); from < body.to() && details.size() < MOST_DETAILS; count++) {
      if (count == most) {
        details.add(new Detail("body", "", "has more than " + most + " lines"));
        break;
      }
      int end = end(body, from);
      for (Detail fault : each.explain(new Bytes(body.array(), from, end), contentType)) {
        details.add(
            new Detail(
                "line " + (count + 1) + fault.instanceLocation(),
                fault.keywordLocation(),
                fault.message()));
      }
      from = end + 1;
    }
    return details;
  }

  private static int end(Bytes body, int from) {
    int at = from;
    while (at < body.to() && body.array()[at] != '\n') {
      at++;
    }
    return at;
  }
}
