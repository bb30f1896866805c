package dev.gatewarden.gateway.walk;

import dev.gatewarden.core.decision.Edit;
import dev.gatewarden.core.exchange.Bytes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A copy of a JSON body without the stretches that verdicts cut out; commas are cut with them, so
/// that JSON stays JSON.
final class GapCopy {
  private static final Comparator<Edit.CutBody> BY_PLACE =
      Comparator.comparingInt(Edit.CutBody::from)
          .thenComparing(Edit.CutBody::to, Comparator.reverseOrder());
  private final Bytes body;
  private final byte[] out;
  private int length;

  private GapCopy(Bytes body) {
    this.body = body;
    this.out = new byte[body.length()];
  }

  /// The body without its gaps; the body itself where nothing is cut.
  static Bytes of(Bytes body, Iterable<Edit> edits) {
    List<Edit.CutBody> cuts = new ArrayList<>();
    for (Edit edit : edits) {
      if (edit instanceof Edit.CutBody cut) {
        cuts.add(cut);
      }
    }
    if (cuts.isEmpty()) {
      return body;
    }
    cuts.sort(BY_PLACE);
    return new GapCopy(body).without(cuts);
  }

  private Bytes without(List<Edit.CutBody> cuts) {
    int at = body.from();
    for (Edit.CutBody cut : cuts) {
      if (cut.from() < at) {
        continue;
      }
      copy(at, cut.from());
      at = behind(cut.to());
    }
    copy(at, body.to());
    return new Bytes(out, 0, length);
  }

  /// Where to go on behind a cut: the comma before it goes with it, else the comma behind it.
  private int behind(int end) {
    int last = length - 1;
    while (last >= 0 && isSpace(out[last])) {
      last--;
    }
    if (last >= 0 && out[last] == ',') {
      length = last;
      return end;
    }
    int at = end;
    while (at < body.to() && isSpace(body.array()[at])) {
      at++;
    }
    return at < body.to() && body.array()[at] == ',' ? at + 1 : end;
  }

  private void copy(int from, int to) {
    System.arraycopy(body.array(), from, out, length, to - from);
    length += to - from;
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }
}
