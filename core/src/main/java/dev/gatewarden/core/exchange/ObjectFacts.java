package dev.gatewarden.core.exchange;

import dev.gatewarden.core.schema.JsonText;
import java.util.Map;

/// What is known of one object: read out of a response, out of a look-up, or out of a store of
/// relations.
///
/// @param id the object's own id
/// @param owner who owns it
/// @param tenant whose tenant it belongs to
/// @param parents the ids of its parents, by their type
/// @param nameFrom the first byte of the name under which the object stands in the body it was read
///     from, or `from` where it has none
/// @param from the first byte of the object in the body it was read from; 0 elsewhere
/// @param to behind its last byte
/// @param namesake whether the owner is known to be somebody whom another issuer names than the
///     caller, so that an equal name is another's
public record ObjectFacts(
    Fact id,
    Fact owner,
    Fact tenant,
    Map<String, Fact> parents,
    int nameFrom,
    int from,
    int to,
    boolean namesake) {

  /// An object whose owner is known by name alone.
  public ObjectFacts(
      Fact id, Fact owner, Fact tenant, Map<String, Fact> parents, int nameFrom, int from, int to) {
    this(id, owner, tenant, parents, nameFrom, from, to, false);
  }

  /// An object that stands under no name.
  public ObjectFacts(
      Fact id, Fact owner, Fact tenant, Map<String, Fact> parents, int from, int to) {
    this(id, owner, tenant, parents, from, from, to);
  }

  /// One stated fact.
  public sealed interface Fact {
    Fact MISSING = new Missing();
    Fact ODD = new Odd();

    static Fact of(String text) {
      return new Known(text);
    }

    /// What a marked value of a body states; a number counts as it is written.
    static Fact at(Bytes body, Reading.Mark mark) {
      byte[] json = body.array();
      String text = JsonText.plain(json, mark.from(), mark.to());
      if (text != null) {
        return of(text);
      }
      return JsonText.isNull(json, mark.from(), mark.to()) ? MISSING : ODD;
    }

    /// A text or a number, as text.
    record Known(String text) implements Fact {}

    /// Not there, or null.
    record Missing() implements Fact {}

    /// There twice, or of a type that no id has.
    record Odd() implements Fact {}
  }
}
