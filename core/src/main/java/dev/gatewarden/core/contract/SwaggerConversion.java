package dev.gatewarden.core.contract;

import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Arr;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.document.Node.Text;
import dev.gatewarden.core.document.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A Swagger 2.0 tree turned into one of OpenAPI 3.0. Every value keeps the place it was written
/// at, so that problems still name the author's own lines.
final class SwaggerConversion {
  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "options", "head", "patch");

  /// What a parameter or header of Swagger says of its values beside everything else.
  private static final Set<String> SCHEMA_WORDS =
      Set.of(
          "type",
          "format",
          "items",
          "default",
          "maximum",
          "exclusiveMaximum",
          "minimum",
          "exclusiveMinimum",
          "maxLength",
          "minLength",
          "pattern",
          "maxItems",
          "minItems",
          "uniqueItems",
          "enum",
          "multipleOf");

  private static final Map<String, String> MOVED =
      Map.of(
          "#/definitions/", "#/components/schemas/",
          "#/parameters/", "#/components/parameters/",
          "#/responses/", "#/components/responses/");

  private final Obj root;
  private final Notes notes;

  SwaggerConversion(Obj root, Notes notes) {
    this.root = root;
    this.notes = notes;
  }

  Obj converted() {
    Tree to = new Tree(root.place());
    to.text("openapi", "3.0.3");
    for (Node.Member member : root.entries()) {
      switch (member.name()) {
        case "swagger", "host", "basePath", "schemes", "consumes", "produces" -> {}
        case "definitions", "parameters", "responses", "securityDefinitions" -> {}
        case "paths" -> to.put(member, paths(member.value()));
        default -> to.put(member, moved(member.value()));
      }
    }
    to.put("servers", servers());
    Obj components = Nodes.object(root, "components");
    to.put("components", components(components));
    return to.object();
  }

  private Node servers() {
    String host = Nodes.text(root.get("host"));
    String base = Nodes.text(root.get("basePath"));
    String path = base == null || base.equals("/") ? "" : base;
    List<Node> servers = new ArrayList<>();
    List<Node> schemes = Nodes.items(root.get("schemes"));
    String scheme = schemes.isEmpty() ? "https" : Nodes.text(schemes.getFirst());
    Tree server = new Tree(root.place());
    server.text("url", host == null ? path.isEmpty() ? "/" : path : scheme + "://" + host + path);
    servers.add(server.object());
    return new Arr(root.place(), servers);
  }

  /// Our own words may already stand under `components`, which Swagger does not know.
  private Obj components(@Nullable Obj own) {
    Tree to = new Tree(root.place());
    if (own != null) {
      own.entries().forEach(member -> to.put(member, moved(member.value())));
    }
    named("definitions", "schemas", this::moved, to);
    named("responses", "responses", value -> response(value, media(null, "produces")), to);
    named("securityDefinitions", "securitySchemes", this::scheme, to);
    Obj parameters = Nodes.object(root, "parameters");
    if (parameters != null) {
      Tree kept = new Tree(parameters.place());
      for (Node.Member member : parameters.entries()) {
        if (member.value() instanceof Obj object && !body(object)) {
          kept.put(member, parameter(object));
        }
      }
      to.put("parameters", kept.object());
    }
    return to.object();
  }

  private interface Turn {
    Node of(Node node);
  }

  private void named(String from, String name, Turn turn, Tree to) {
    Obj all = Nodes.object(root, from);
    if (all != null) {
      Tree turned = new Tree(all.place());
      all.entries().forEach(member -> turned.put(member, turn.of(member.value())));
      to.put(name, turned.object());
    }
  }

  private Node paths(Node node) {
    if (!(node instanceof Obj paths)) {
      return node;
    }
    Tree to = new Tree(paths.place());
    for (Node.Member member : paths.entries()) {
      to.put(member, member.value() instanceof Obj item ? item(item) : member.value());
    }
    return to.object();
  }

  private Obj item(Obj item) {
    List<Node> shared = Nodes.items(item.get("parameters"));
    Tree to = new Tree(item.place());
    for (Node.Member member : item.entries()) {
      if (member.name().equals("parameters")) {
        to.put(member, kept(shared, member.value().place()));
      } else if (METHODS.contains(member.name()) && member.value() instanceof Obj operation) {
        to.put(member, operation(operation, shared));
      } else {
        to.put(member, moved(member.value()));
      }
    }
    return to.object();
  }

  private Obj operation(Obj operation, List<Node> shared) {
    Tree to = new Tree(operation.place());
    List<Node> own = Nodes.items(operation.get("parameters"));
    for (Node.Member member : operation.entries()) {
      switch (member.name()) {
        case "consumes", "produces", "schemes" -> {}
        case "parameters" -> to.put(member, kept(own, member.value().place()));
        case "responses" -> to.put(member, responses(member.value(), operation));
        default -> to.put(member, moved(member.value()));
      }
    }
    Node body = requestBody(own, operation);
    if (body == null) {
      body = requestBody(shared, operation);
    }
    if (body != null) {
      to.put("requestBody", body);
    }
    return to.object();
  }

  private Arr kept(List<Node> parameters, Place place) {
    List<Node> kept = new ArrayList<>();
    for (Node each : parameters) {
      Obj object = shared(each);
      if (object == null || !body(object)) {
        kept.add(object == null || object != each ? moved(each) : parameter(object));
      }
    }
    return new Arr(place, kept);
  }

  /// The parameter itself, or the one of the root it refers to.
  private @Nullable Obj shared(Node node) {
    if (!(node instanceof Obj object)) {
      return null;
    }
    String reference = Nodes.text(object.get("$ref"));
    return reference == null
        ? object
        : reference.startsWith("#/parameters/")
            ? Nodes.object(Nodes.object(root, "parameters"), reference.substring(13))
            : null;
  }

  private static boolean body(Obj parameter) {
    String in = Nodes.text(parameter.get("in"));
    return "body".equals(in) || "formData".equals(in);
  }

  private Obj parameter(Obj parameter) {
    Tree to = new Tree(parameter.place());
    Tree schema = new Tree(parameter.place());
    for (Node.Member member : parameter.entries()) {
      if (SCHEMA_WORDS.contains(member.name())) {
        schema.put(member, moved(member.value()));
      } else if (member.name().equals("collectionFormat")) {
        collection(member, Nodes.text(parameter.get("in")), to);
      } else {
        to.put(member, moved(member.value()));
      }
    }
    if (parameter.get("collectionFormat") == null
        && "array".equals(Nodes.text(parameter.get("type")))) {
      to.put("explode", new Node.Bool(parameter.place(), false));
    }
    to.put("schema", schema.object());
    return to.object();
  }

  private void collection(Node.Member member, @Nullable String in, Tree to) {
    String format = Nodes.text(member.value());
    Place place = member.value().place();
    switch (format) {
      case "multi" -> to.put("explode", new Node.Bool(place, true));
      case "csv" -> to.put("explode", new Node.Bool(place, false));
      case "ssv", "pipes" -> {
        if (!"query".equals(in)) {
          notes.problem(
              place, "`" + format + "` outside the query has no counterpart in OpenAPI 3");
          return;
        }
        to.put("style", new Text(place, format.equals("ssv") ? "spaceDelimited" : "pipeDelimited"));
        to.put("explode", new Node.Bool(place, false));
      }
      case null, default ->
          notes.problem(
              place,
              "this `collectionFormat` has no counterpart in OpenAPI 3",
              "write csv, ssv, pipes or multi");
    }
  }

  private @Nullable Node requestBody(List<Node> parameters, Obj operation) {
    Tree form = new Tree(operation.place());
    Tree encodings = new Tree(operation.place());
    List<Node> required = new ArrayList<>();
    boolean file = false;
    for (Node each : parameters) {
      Obj parameter = shared(each);
      if (parameter == null || !body(parameter)) {
        continue;
      }
      if ("body".equals(Nodes.text(parameter.get("in")))) {
        return bodyOf(parameter, operation);
      }
      String name = Nodes.text(parameter.get("name"));
      if (name != null) {
        file |= "file".equals(Nodes.text(parameter.get("type")));
        form.put(name, field(parameter));
        if ("array".equals(Nodes.text(parameter.get("type")))) {
          encodings.put(name, encoding(parameter));
        }
        if (Nodes.isTrue(parameter.get("required"))) {
          required.add(new Text(parameter.place(), name));
        }
      }
    }
    return form.members.isEmpty() ? null : formOf(form, encodings, required, file, operation);
  }

  private Node bodyOf(Obj parameter, Obj operation) {
    Tree body = new Tree(parameter.place());
    Node required = parameter.get("required");
    if (required != null) {
      body.put("required", required);
    }
    Node schema = parameter.get("schema");
    body.put("content", content(schema, media(operation, "consumes"), parameter.place()));
    return body.object();
  }

  private Node formOf(Tree form, Tree encodings, List<Node> required, boolean file, Obj operation) {
    Place place = operation.place();
    Tree schema = new Tree(place);
    schema.text("type", "object");
    schema.put("properties", form.object());
    if (!required.isEmpty()) {
      schema.put("required", new Arr(place, required));
    }
    List<String> types = new ArrayList<>();
    for (String type : media(operation, "consumes")) {
      if (type.startsWith("multipart/") || type.startsWith("application/x-www-form-urlencoded")) {
        types.add(type);
      }
    }
    if (types.isEmpty()) {
      types.add(file ? "multipart/form-data" : "application/x-www-form-urlencoded");
    }
    Tree body = new Tree(place);
    body.put("required", new Node.Bool(place, !required.isEmpty()));
    body.put("content", encoded(content(schema.object(), types, place), encodings));
    return body.object();
  }

  /// How a list is written: `csv` where nothing is said.
  private Node encoding(Obj parameter) {
    Tree encoding = new Tree(parameter.place());
    Node.Member format = parameter.members().get("collectionFormat");
    if (format == null) {
      encoding.put("explode", new Node.Bool(parameter.place(), false));
    } else {
      collection(format, "query", encoding);
    }
    return encoding.object();
  }

  private static Node encoded(Node content, Tree encodings) {
    if (encodings.members.isEmpty() || !(content instanceof Obj types)) {
      return content;
    }
    Tree to = new Tree(types.place());
    for (Node.Member member : types.entries()) {
      if (member.value() instanceof Obj media
          && member.name().startsWith("application/x-www-form")) {
        Tree more = new Tree(media.place());
        media.entries().forEach(each -> more.put(each, each.value()));
        more.put("encoding", encodings.object());
        to.put(member.name(), more.object());
      } else {
        to.put(member.name(), member.value());
      }
    }
    return to.object();
  }

  private Node field(Obj parameter) {
    Tree schema = new Tree(parameter.place());
    for (Node.Member member : parameter.entries()) {
      if (SCHEMA_WORDS.contains(member.name())) {
        schema.put(member, moved(member.value()));
      }
    }
    return file(schema.object());
  }

  private static Node file(Obj schema) {
    if (!"file".equals(Nodes.text(schema.get("type")))) {
      return schema;
    }
    Tree binary = new Tree(schema.place());
    binary.text("type", "string");
    binary.text("format", "binary");
    return binary.object();
  }

  private Node responses(Node node, Obj operation) {
    if (!(node instanceof Obj responses)) {
      return node;
    }
    Tree to = new Tree(responses.place());
    List<String> produces = media(operation, "produces");
    responses.entries().forEach(member -> to.put(member, response(member.value(), produces)));
    return to.object();
  }

  private Node response(Node node, List<String> produces) {
    if (!(node instanceof Obj response) || response.get("$ref") != null) {
      return moved(node);
    }
    Tree to = new Tree(response.place());
    for (Node.Member member : response.entries()) {
      switch (member.name()) {
        case "schema" ->
            to.put("content", content(member.value(), produces, member.value().place()));
        case "headers" -> to.put(member, headers(member.value()));
        case "examples" -> {}
        default -> to.put(member, moved(member.value()));
      }
    }
    return to.object();
  }

  private Node headers(Node node) {
    if (!(node instanceof Obj headers)) {
      return node;
    }
    Tree to = new Tree(headers.place());
    for (Node.Member member : headers.entries()) {
      to.put(member, member.value() instanceof Obj header ? parameter(header) : member.value());
    }
    return to.object();
  }

  private Node content(@Nullable Node schema, List<String> types, Place place) {
    Tree content = new Tree(place);
    for (String type : types) {
      Tree media = new Tree(place);
      if (schema != null) {
        Node turned = moved(schema);
        media.put("schema", turned instanceof Obj object ? file(object) : turned);
      }
      content.put(type, media.object());
    }
    return content.object();
  }

  /// The operation's media types, else the contract's, else JSON.
  private List<String> media(@Nullable Obj operation, String word) {
    Node own = operation == null ? null : operation.get(word);
    List<String> types = new ArrayList<>();
    for (Node each : Nodes.items(own == null ? root.get(word) : own)) {
      String type = Nodes.text(each);
      if (type != null) {
        types.add(type);
      }
    }
    return types.isEmpty() ? List.of("application/json") : types;
  }

  private Node scheme(Node node) {
    if (!(node instanceof Obj scheme)) {
      return node;
    }
    String type = Nodes.text(scheme.get("type"));
    if ("basic".equals(type)) {
      Tree to = new Tree(scheme.place());
      to.text("type", "http");
      to.text("scheme", "basic");
      return to.object();
    }
    return "oauth2".equals(type) ? oauth2(scheme) : scheme;
  }

  private static Node oauth2(Obj scheme) {
    Tree flow = new Tree(scheme.place());
    for (String word : List.of("authorizationUrl", "tokenUrl", "scopes")) {
      Node.Member member = scheme.members().get(word);
      if (member != null) {
        flow.put(member, member.value());
      }
    }
    String written = Nodes.text(scheme.get("flow"));
    String name =
        switch (written) {
          case "application" -> "clientCredentials";
          case "accessCode" -> "authorizationCode";
          case "password" -> "password";
          case null, default -> "implicit";
        };
    Tree flows = new Tree(scheme.place());
    flows.put(name, flow.object());
    Tree to = new Tree(scheme.place());
    to.text("type", "oauth2");
    to.put("flows", flows.object());
    return to.object();
  }

  /// The tree with references to the places where things stand now, and what schemas say otherwise
  /// in OpenAPI 3.
  private Node moved(Node node) {
    return switch (node) {
      case Obj object -> {
        Tree to = new Tree(object.place());
        for (Node.Member member : object.entries()) {
          switch (member.name()) {
            case "$ref" -> to.put(member, reference(member.value()));
            case "x-nullable" -> to.put("nullable", member.value());
            case "discriminator" -> to.put(member, discriminator(member.value()));
            default -> to.put(member, moved(member.value()));
          }
        }
        yield to.object();
      }
      case Arr array -> new Arr(array.place(), array.items().stream().map(this::moved).toList());
      case Text text -> text;
      case Node.Num number -> number;
      case Node.Bool bool -> bool;
      case Node.Null nothing -> nothing;
    };
  }

  private static Node discriminator(Node node) {
    if (!(node instanceof Text)) {
      return node;
    }
    Tree to = new Tree(node.place());
    to.put("propertyName", node);
    return to.object();
  }

  private static Node reference(Node node) {
    if (node instanceof Text text) {
      for (Map.Entry<String, String> each : MOVED.entrySet()) {
        if (text.value().startsWith(each.getKey())) {
          return new Text(
              text.place(), each.getValue() + text.value().substring(each.getKey().length()));
        }
      }
    }
    return node;
  }

  /// An object in the making; new members stand where their object does.
  private static final class Tree {
    private final Place place;
    private final Map<String, Node.Member> members = new LinkedHashMap<>();

    Tree(Place place) {
      this.place = place;
    }

    void put(Node.Member written, Node value) {
      members.put(written.name(), new Node.Member(written.name(), written.namePlace(), value));
    }

    void put(String name, Node value) {
      members.put(name, new Node.Member(name, value.place(), value));
    }

    void text(String name, String value) {
      put(name, new Text(place, value));
    }

    Obj object() {
      return new Obj(place, members);
    }
  }
}
