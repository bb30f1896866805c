package dev.gatewarden.core.contract;

import dev.gatewarden.core.contract.ObjectType.Form;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;

/// Reads the long form of `public-id`.
final class PublicIdReader {
  private final Notes notes;

  PublicIdReader(Notes notes) {
    this.notes = notes;
  }

  private enum As {
    UUID,
    INTEGER,
    TEXT
  }

  /// @param form what ids are at the service
  PublicId read(Obj object, Form form) {
    Fields fields = new Fields(object, notes, "as", "largest", "inner");
    As as = fields.choice("as", As.class);
    if (as == null) {
      if (!fields.has("as")) {
        notes.problem(object.place(), "`public-id` does not say `as` what", "write `as: uuid`");
      }
      return PublicId.usual(form);
    }
    if (as != As.INTEGER) {
      without(fields, "largest");
      without(fields, "inner");
    }
    return switch (as) {
      case TEXT -> new PublicId.Text();
      case UUID -> {
        if (form == Form.STRING) {
          notes.problem(
              fields.place("as"),
              "a text of any length has no room in a UUID",
              "write `as: text`, or `as: integer` or `as: uuid` below `id`");
        }
        yield new PublicId.Uuid();
      }
      case INTEGER -> number(fields, form);
    };
  }

  private void without(Fields fields, String word) {
    if (fields.has(word)) {
      notes.problem(fields.place(word), "`" + word + "` has no effect without `as: integer`");
    }
  }

  private PublicId number(Fields fields, Form form) {
    if (form != Form.INTEGER) {
      notes.problem(
          fields.place("as"),
          "only integers can be given out as integers",
          "write `as: integer` below `id`, or `as: text` here");
    }
    long least = PublicId.SLOTS * PublicId.FEWEST;
    long largest = whole(fields, "largest", least, PublicId.EXACT, PublicId.EXACT);
    long room = (largest + 1) / PublicId.SLOTS - 1;
    return new PublicId.Number(largest, whole(fields, "inner", 1, room, room));
  }

  private long whole(Fields fields, String word, long least, long most, long usual) {
    Node said = fields.node(word);
    if (said == null) {
      return usual;
    }
    if (said instanceof Node.Num number) {
      try {
        long value = number.value().longValueExact();
        if (value >= least && value <= most) {
          return value;
        }
      } catch (ArithmeticException fraction) {
        // told below
      }
    }
    notes.problem(
        said.place(), "`" + word + "` should be a whole number from " + least + " to " + most);
    return usual;
  }
}
