package dev.gatewarden.gateway.binder.body;

import dev.gatewarden.core.contract.Content;
import dev.gatewarden.core.contract.SchemaSource;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.schema.Direction;
import dev.gatewarden.core.schema.Labels;
import dev.gatewarden.core.schema.Mark;
import dev.gatewarden.core.schema.Schema;
import dev.gatewarden.core.schema.UnknownFields;
import dev.gatewarden.gateway.binder.body.xml.XmlNames;
import dev.gatewarden.gateway.binder.body.xml.XmlReader;
import dev.gatewarden.gateway.binder.shape.Fields;
import dev.gatewarden.gateway.binder.shape.Shape;
import dev.gatewarden.gateway.binder.shape.Shapes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Chooses who reads the bodies of a media type.
public final class BodyReaders {
  private final Schemas schemas;
  private final Direction direction;
  private final Manner manner;

  /// @param schemas where schemas are compiled and what is wrong with them is gathered
  public BodyReaders(Schemas schemas, Direction direction, Manner manner) {
    this.schemas = schemas;
    this.direction = direction;
    this.manner = manner;
  }

  /// The reader of a media type; null where the contract promises nothing of the inside.
  public @Nullable BodyReader of(
      Content.MediaType type, Labels labels, ObjectMarks marks, Meanings meanings) {
    if (direction == Direction.REQUEST && MultipartBodies.take(type.range())) {
      return MultipartBodies.of(type, schemas, manner, labels, marks, meanings);
    }
    if (MediaTypes.isLines(type.range())) {
      return lines(type, labels, marks, meanings);
    }
    if (MediaTypes.isStream(type.range())) {
      return null;
    }
    StringSchema said =
        type.schema() == null ? StringSchema.NOTHING : StringSchema.of(type.schema());
    if (direction == Direction.REQUEST && type.isBinary() && !said.text()) {
      return BinaryBody.of(type, schemas, manner);
    }
    String range = type.range();
    if (type.schema() == null) {
      boolean patch = direction == Direction.REQUEST && MediaTypes.isJsonPatch(range);
      return patch ? anything(type, marks, meanings) : null;
    }
    if (MediaTypes.isJson(range) || range.equals("*/*")) {
      return json(type.schema(), labels, marks, meanings);
    }
    if (MediaTypes.isForm(range)) {
      return form(type, type.schema(), labels, marks, meanings);
    }
    if (MediaTypes.isXml(range)) {
      return xml(type.schema(), labels, marks, meanings);
    }
    if (MediaTypes.isText(range) ? direction == Direction.REQUEST || said.bound() : said.text()) {
      JsonBody json = json(type.schema(), labels, marks, meanings);
      return json == null
          ? null
          : new TranslatedBody(new TextTranslation(Shapes.of(type.schema())), json);
    }
    return said.sized() && !range.startsWith("multipart/")
        ? new SizedBody(said.least(), said.most())
        : null;
  }

  /// Whether a response of that type may pass unread: nothing is promised of its inside, or it is a
  /// stream that nobody holds.
  public static boolean passes(Content.MediaType type) {
    return type.schema() == null
        || MediaTypes.isStream(type.range())
        || !StringSchema.of(type.schema()).bound();
  }

  /// A patch whose form the contract leaves to its standard.
  private JsonBody anything(Content.MediaType type, ObjectMarks marks, Meanings meanings) {
    Schema anything = Schemas.anything(type.source().place(), manner.bounds(), marks.list());
    return new JsonBody(anything, anything, meanings, false, null);
  }

  private @Nullable JsonBody json(
      SchemaSource schema, Labels labels, ObjectMarks marks, Meanings meanings) {
    List<Mark> wishes = marks.list();
    Schema promised = schemas.compile(schema, direction, manner, labels, wishes);
    return promised == null
        ? null
        : new JsonBody(
            promised,
            Schemas.anything(schema.schema().place(), manner.bounds(), wishes),
            meanings,
            direction == Direction.RESPONSE,
            direction == Direction.RESPONSE ? Strays.of(schema) : null);
  }

  /// Who reads the items of a streamed answer, one by one; null where nothing has to be found in
  /// them.
  ///
  /// @param needed whether they are read in any case
  public @Nullable BodyReader items(
      SchemaSource item, Labels labels, ObjectMarks marks, Meanings meanings, boolean needed) {
    JsonBody each = json(item, labels, marks, meanings);
    return needed || !marks.list().isEmpty() || meanings.hides() ? each : null;
  }

  /// Streams of answers are not held, so that nobody waits for their end; but where one foreign
  /// line refuses them all.
  private @Nullable BodyReader lines(
      Content.MediaType type, Labels labels, ObjectMarks marks, Meanings meanings) {
    if (type.items() == null) {
      return null;
    }
    if (direction == Direction.RESPONSE) {
      JsonBody line = marks.list().isEmpty() ? null : json(type.items(), labels, marks, meanings);
      return line == null ? null : new LinesBody(line, manner.bounds().items(), true);
    }
    JsonBody each = json(type.items(), labels, marks.ofLines(), meanings);
    return each == null ? null : new LinesBody(each, manner.bounds().items(), marks.linesOnly());
  }

  private @Nullable BodyReader form(
      Content.MediaType type,
      SchemaSource schema,
      Labels labels,
      ObjectMarks marks,
      Meanings meanings) {
    JsonBody json = json(schema, labels, marks, meanings);
    if (json == null) {
      return null;
    }
    Shape shape = Shapes.of(schema);
    boolean lenient = manner.unknownFields() != UnknownFields.REFUSE;
    Schema anything = Schemas.anything(schema.schema().place(), manner.bounds(), List.of());
    Fields fields =
        new Fields(
            new FormRules(type, schemas).read(shape),
            shape.open() || lenient,
            text -> isJson(anything, text));
    return new TranslatedBody(
        new FormTranslation(shape, fields, lenient, manner.bounds().keys()), json);
  }

  private static boolean isJson(Schema anything, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return anything.judge(bytes, 0, bytes.length, Visits.mine()) == Schema.VALID;
  }

  private @Nullable BodyReader xml(
      SchemaSource schema, Labels labels, ObjectMarks marks, Meanings meanings) {
    JsonBody json = json(schema, labels, marks, meanings);
    if (json == null) {
      return null;
    }
    Shape shape = Shapes.of(schema);
    XmlNames names = new XmlNames(shape);
    for (String clash : names.clashes()) {
      schemas.problem(
          new Problem(
              schema.schema().place(),
              clash + " are written under one name in XML",
              "give one of them another `xml: {name: …}`"));
    }
    String root = root(schema, shape);
    XmlReader reader =
        new XmlReader(
            names,
            root,
            shape,
            manner.unknownFields() != UnknownFields.REFUSE,
            manner.bounds().depth(),
            manner.bounds().keys());
    return new TranslatedBody(new XmlTranslation(reader, names, root, shape), json);
  }

  /// The name of the document's element: what the schema says, else the name of the component.
  private static String root(SchemaSource schema, Shape shape) {
    if (shape.xml().name() != null) {
      return shape.xml().name();
    }
    return schema.schema() instanceof Node.Obj object
            && object.get("$ref") instanceof Node.Text reference
            && reference.value().contains("#/components/schemas/")
        ? reference.value().substring(reference.value().lastIndexOf('/') + 1)
        : "";
  }
}
