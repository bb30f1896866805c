package dev.gatewarden.core.contract;

import dev.gatewarden.core.contract.ObjectType.Form;
import dev.gatewarden.core.contract.ObjectType.Table;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the table that objects of a type are rows of.
final class TableReader {
  private final Notes notes;

  TableReader(Notes notes) {
    this.notes = notes;
  }

  @Nullable Table table(Fields fields) {
    Obj object = fields.map("table");
    if (object == null) {
      return null;
    }
    Fields inner = new Fields(object, notes, "name", "id", "owner", "tenant", "parent", "refs");
    String name = Nodes.text(inner.text("name"));
    String id = Nodes.text(inner.text("id"));
    if (name == null || id == null) {
      notes.problem(object.place(), "`table` needs the `name` of the table and its `id` column");
      return null;
    }
    return new Table(
        name,
        id,
        column(inner, "owner"),
        column(inner, "tenant"),
        columns(inner, "parent"),
        columns(inner, "refs"));
  }

  /// `owner: customer_id`, or `owner: {column: customer_id, as: uuid}` where it holds no text.
  private ObjectType.@Nullable Column column(Fields fields, String name) {
    if (!(fields.node(name) instanceof Obj object)) {
      Node.Text text = fields.text(name);
      return text == null ? null : new ObjectType.Column(text.value(), Form.STRING);
    }
    Fields inner = new Fields(object, notes, "column", "as");
    Node.Text column = inner.text("column");
    Form form = inner.choice("as", Form.class);
    if (column == null) {
      notes.problem(
          object.place(), "`" + name + "` names no column", "write `column: customer_id`");
      return null;
    }
    return new ObjectType.Column(column.value(), form == null ? Form.STRING : form);
  }

  private Map<String, String> columns(Fields fields, String name) {
    Map<String, String> columns = new LinkedHashMap<>();
    Obj object = fields.map(name);
    if (object == null) {
      return columns;
    }
    for (Node.Member member : object.entries()) {
      if (member.value() instanceof Node.Text text) {
        columns.put(member.name(), text.value());
      } else {
        notes.problem(
            member.value().place(),
            "`"
                + Nodes.shown(member.name())
                + "` should be a column, not "
                + Nodes.kind(member.value()));
      }
    }
    return columns;
  }
}
