package dev.gatewarden.core.schema;

import java.util.List;

/// A schema compiled to a validator of raw JSON bytes: immutable, for any number of threads.
public final class Schema {
  /// What [#judge] answers for a document that obeys.
  public static final int VALID = -1;

  private final Rule rule;
  private final Bounds bounds;

  Schema(Rule rule, Bounds bounds) {
    this.rule = rule;
    this.bounds = bounds;
  }

  /// Judges one document in one pass, without allocating; what the schema marks is in the visit's
  /// spans afterwards.
  ///
  /// @param bytes UTF-8 (RFC 8259); what lies outside the range is never taken for the document
  /// @param to    the offset behind the document
  /// @return [#VALID], or the offset where the first violation was seen
  public int judge(byte[] bytes, int from, int to, Visit visit) {
    visit.begin(bytes, from, to, bounds);
    return run(visit);
  }

  /// Judges a rejected document again and tells what is wrong with it; empty when it obeys.
  ///
  /// @param visit written over
  public List<Violation> explain(
      byte[] bytes, int from, int to, Visit visit, Violation.Limits limits) {
    return told(bytes, from, to, visit, limits).violations(bytes, from, to);
  }

  /// The violations of a document, untold.
  List<Explanation.Found> found(
      byte[] bytes, int from, int to, Visit visit, Violation.Limits limits) {
    return told(bytes, from, to, visit, limits).found();
  }

  private Explanation told(byte[] bytes, int from, int to, Visit visit, Violation.Limits limits) {
    Explanation explanation = Explanation.telling(limits);
    int where = judge(bytes, from, to, visit);
    if (where == VALID) {
      return explanation;
    }
    if (!visit.exhausted) {
      visit.begin(bytes, from, to, bounds);
      visit.explanation = explanation;
      where = run(visit);
    }
    if (explanation.isEmpty()) {
      explanation.add(Math.max(from, where), null, Keyword.MAX_STEPS, "");
    }
    return explanation;
  }

  /// The smallest members and items of a rejected document that can go so that the rest obeys.
  ///
  /// @param visit written over
  /// @return empty where it obeys, where it is not even JSON, or where only the whole could go
  public List<Gap> mend(byte[] bytes, int from, int to, Visit visit) {
    visit.begin(bytes, from, to, bounds);
    int end = Skip.value(visit, Scan.space(bytes, from, to));
    boolean json = end >= 0 && Scan.space(bytes, end, to) == to;
    return json ? new Mending(this, bytes, from, to, visit).gaps() : List.of();
  }

  /// One member or item that has to go.
  ///
  /// @param name the first byte of its name, or of the value where it has none
  /// @param from the first byte of the value
  /// @param to behind its last byte
  /// @param blank whether `null` stands in its place
  public record Gap(int name, int from, int to, boolean blank) {}

  /// Reads a rejected document to its end and marks what it would mark if nothing were wrong; what
  /// is wrong is marked [Spans#BROKEN].
  ///
  /// Where no alternative holds, what any of them marks is marked: rather too much than too little.
  ///
  /// @return whether the end was reached; where not, nobody knows what stands behind
  public boolean readOn(byte[] bytes, int from, int to, Visit visit) {
    visit.begin(bytes, from, to, bounds);
    visit.explanation = Explanation.readingOn(visit.spans, bounds.spans());
    return run(visit) == VALID;
  }

  /// One run of a visit that has begun.
  int run(Visit visit) {
    int at = Scan.space(visit.bytes, visit.from, visit.to);
    int end = rule.scan(visit, at);
    if (end < 0) {
      return ~end;
    }
    int rest = Scan.space(visit.bytes, end, visit.to);
    if (rest < visit.to) {
      return ~visit.broken(rest, Keyword.SYNTAX);
    }
    return visit.exhausted ? at : VALID;
  }
}
