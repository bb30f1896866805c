package dev.gatewarden.core.contract;

import dev.gatewarden.core.document.Nearest;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.document.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Reads the paths of a contract to its operations, bindings still unread.
final class OperationReader {
  private static final List<String> METHODS =
      List.of("get", "put", "post", "delete", "options", "head", "patch", "trace", "query");
  private static final Set<String> PATH_WORDS =
      Set.of("$ref", "summary", "description", "servers", "parameters", "additionalOperations");
  private static final List<String> WORDS =
      List.of(
          "tags",
          "summary",
          "description",
          "externalDocs",
          "operationId",
          "parameters",
          "requestBody",
          "responses",
          "callbacks",
          "deprecated",
          "security",
          "servers");

  private final String api;
  private final Resolver resolver;
  private final Notes notes;
  private final ParameterReader parameters;
  private final MessageReader messages;
  private final SecurityReader securities;
  private final Security security;
  private final Extensions extensions;
  private final @Nullable TenantRule tenant;
  private final Predicate<OperationId> excused;
  private final List<Operation> operations = new ArrayList<>();
  private final List<OutboundCall> outbound = new ArrayList<>();
  private final Map<String, Operation> byName = new LinkedHashMap<>();

  /// @param security what the contract demands of every operation
  /// @param extensions what it says for every operation
  /// @param tenant how every operation tells its tenant
  /// @param excused operations that may be left out where no request can be told to mean them
  OperationReader(
      String api,
      Resolver resolver,
      Dialect dialect,
      Notes notes,
      SecurityReader securities,
      Security security,
      Extensions extensions,
      @Nullable TenantRule tenant,
      Predicate<OperationId> excused) {
    this.api = api;
    this.resolver = resolver;
    this.notes = notes;
    this.excused = excused;
    this.parameters = new ParameterReader(resolver, dialect, notes);
    this.messages = new MessageReader(resolver, parameters, dialect, notes);
    this.securities = securities;
    this.security = security;
    this.extensions = extensions;
    this.tenant = tenant;
  }

  List<Operation> operations() {
    return operations;
  }

  List<OutboundCall> outbound() {
    return outbound;
  }

  void paths(@Nullable Node node) {
    if (node == null) {
      return;
    }
    if (!(node instanceof Obj paths)) {
      notes.problem(node.place(), "`paths` should be a map, not " + Nodes.kind(node));
      return;
    }
    for (Node.Member member : paths.entries()) {
      if (!member.name().startsWith("x-")) {
        Notes its = new Notes();
        PathTemplate path = new TemplateReader(its).read(member.name(), member.namePlace());
        Obj item = resolver.object(member.value());
        beside(member.value());
        unroutable(member.name(), item, its);
        if (path != null && item != null) {
          path(path, item);
        } else if (path != null && member.value() instanceof Node.Null) {
          notes.warning(member.namePlace(), "`" + path + "` is empty: no operation stands there");
        } else if (path != null && !(member.value() instanceof Obj)) {
          notes.problem(
              member.value().place(),
              "`" + path + "` should be a map, not " + Nodes.kind(member.value()));
        }
      }
    }
  }

  /// What stands beside a `$ref` of a path has no meaning that all readers share.
  private void beside(Node path) {
    if (path instanceof Obj object && object.get("$ref") instanceof Node.Text) {
      for (Node.Member member : object.entries()) {
        if (METHODS.contains(member.name()) || member.name().equals("parameters")) {
          notes.warning(
              member.namePlace(),
              "`" + member.name() + "` beside `$ref` is not read",
              "move it to where the reference leads");
        }
      }
    }
  }

  /// The gate finds operations below one address; another one in the contract says nothing to it.
  private void elsewhere(Obj object) {
    Node servers = object.get("servers");
    if (servers != null && !Nodes.items(servers).isEmpty()) {
      notes.warning(
          servers.place(),
          "`servers` of a path or an operation is not read: it is found where the others are",
          "give what stands elsewhere a contract of its own");
    }
  }

  /// A path that no request can be told to mean is left out, and so refused, where all its
  /// operations are excused.
  private void unroutable(String path, @Nullable Obj item, Notes its) {
    boolean left = item != null;
    if (item != null) {
      for (Node.Member member : item.entries()) {
        if (METHODS.contains(member.name()) && member.value() instanceof Obj object) {
          String id = Nodes.scalar(object.get("operationId"));
          left &= excused.test(new OperationId(api, id == null ? member.name() + " " + path : id));
        }
      }
    }
    if (left) {
      notes.warnings(its.problems());
    } else {
      notes.problems(its.problems());
    }
  }

  private void path(PathTemplate path, Obj item) {
    elsewhere(item);
    Map<String, Parameter> shared = parameters.list(item.get("parameters"));
    Extensions words = ExtensionReader.words(item).within(extensions);
    TenantRule rule = TenantReader.read(item, tenant, notes);
    for (Node.Member member : item.entries()) {
      String name = member.name();
      if (METHODS.contains(name)) {
        operation(member, name.toUpperCase(Locale.ROOT), path, shared, words, rule);
      } else if (name.equals("additionalOperations") && member.value() instanceof Obj further) {
        for (Node.Member each : further.entries()) {
          operation(each, each.name(), path, shared, words, rule);
        }
      } else if (name.equals(Extensions.PREFIX + "object")) {
        notes.problem(
            member.namePlace(),
            "`" + name + "` belongs in an operation",
            "move it below the method");
      } else if (!PATH_WORDS.contains(name) && !name.startsWith("x-")) {
        misplaced(member, path);
      }
    }
  }

  private void misplaced(Node.Member member, PathTemplate path) {
    String method = Nearest.of(member.name(), METHODS);
    if (method != null && member.value() instanceof Obj) {
      notes.problem(
          member.namePlace(),
          "`" + Nodes.shown(member.name()) + "` of `" + path + "` is no method",
          "did you mean `" + method + "`?");
    } else {
      notes.warning(
          member.namePlace(), "`" + Nodes.shown(member.name()) + "` means nothing in a path");
    }
  }

  private void operation(
      Node.Member member,
      String method,
      PathTemplate path,
      Map<String, Parameter> shared,
      Extensions words,
      @Nullable TenantRule rule) {
    Obj object = resolver.object(member.value());
    if (object == null) {
      notes.problem(
          member.value().place(),
          "`" + method + " " + path + "` should be a map, not " + Nodes.kind(member.value()));
      return;
    }
    known(object);
    elsewhere(object);
    Place place = member.namePlace();
    String name = name(object, method, path);
    Operation operation =
        new Operation(
            new OperationId(api, name),
            operations.size(),
            method,
            path,
            parameters.merged(shared, parameters.list(object.get("parameters")), path, place),
            messages.body(object.get("requestBody")),
            messages.responses(object.get("responses"), place),
            securities.security(object.get("security"), security),
            new ObjectBindings.Unstated(),
            TenantReader.read(object, rule, notes),
            ExtensionReader.words(object).within(words),
            object,
            place);
    Operation first = byName.putIfAbsent(name, operation);
    if (first != null) {
      Node id = object.get("operationId");
      notes.problem(
          id == null ? place : id.place(),
          "the operation id `" + Nodes.shown(name) + "` is taken",
          "it stands already in line "
              + first.place().line()
              + ", at "
              + first.method()
              + " "
              + first.path());
    }
    StepUp.check(operation, notes);
    Cursor.check(operation, notes);
    operations.add(operation);
    callbacks(object.get("callbacks"), operation.id());
  }

  private static String name(Obj object, String method, PathTemplate path) {
    String name = Nodes.scalar(object.get("operationId"));
    return name == null || name.isBlank() ? derived(method, path) : name;
  }

  /// What an operation without `operationId` is called.
  static String derived(String method, PathTemplate path) {
    return method.toLowerCase(Locale.ROOT) + " " + path.text();
  }

  private void known(Obj object) {
    for (Node.Member member : object.entries()) {
      String name = member.name();
      if (WORDS.contains(name) || name.startsWith("x-")) {
        continue;
      }
      String near = Nearest.of(name, WORDS);
      // a misspelt `security` would leave the operation to the contract's weaker word
      if (near != null
          && (near.equals("security") || near.equals("parameters") || near.equals("requestBody"))) {
        notes.problem(
            member.namePlace(),
            "`" + Nodes.shown(name) + "` means nothing in an operation",
            "did you mean `" + near + "`?");
      } else {
        notes.warning(
            member.namePlace(),
            "`" + Nodes.shown(name) + "` means nothing in an operation",
            near == null ? "" : "did you mean `" + near + "`?");
      }
    }
  }

  private void callbacks(@Nullable Node node, OperationId because) {
    Obj named = Nodes.object(node);
    if (named == null) {
      return;
    }
    for (Node.Member callback : named.entries()) {
      Obj urls = callback.name().startsWith("x-") ? null : resolver.object(callback.value());
      if (urls != null) {
        for (Node.Member url : urls.entries()) {
          calls(callback.name() + " " + url.name(), resolver.object(url.value()), because);
        }
      }
    }
  }

  void webhooks(@Nullable Node node) {
    Obj named = Nodes.object(node);
    if (named != null) {
      for (Node.Member webhook : named.entries()) {
        calls(webhook.name(), resolver.object(webhook.value()), null);
      }
    }
  }

  private void calls(String name, @Nullable Obj item, @Nullable OperationId because) {
    if (item == null) {
      return;
    }
    for (Node.Member member : item.entries()) {
      if (METHODS.contains(member.name()) && member.value() instanceof Obj object) {
        outbound.add(
            new OutboundCall(
                name,
                because,
                member.name().toUpperCase(Locale.ROOT),
                messages.body(object.get("requestBody")),
                messages.responses(object.get("responses"), member.namePlace()),
                member.namePlace()));
      }
    }
  }
}
