package dev.gatewarden.core.contract;

import dev.gatewarden.core.contract.ObjectBinding.Does;
import java.util.Locale;
import java.util.Map;

/// What makes a binding unsafe although each of its words can be read: the table of what does not
/// load.
final class BindingCheck {
  private final TypeReader types;
  private final IdLike idLike;
  private final KnowledgeCheck knowledge;
  private final WrittenReferenceCheck references;
  private final LookUpCheck lookUps;
  private final IdSchemaCheck ids;

  /// @param operations all of the contract, by name, with their bindings
  BindingCheck(
      Map<String, Operation> operations, TypeReader types, SelectorCheck selectors, IdLike idLike) {
    Knowable knowable = new Knowable(operations.values(), types);
    this.types = types;
    this.idLike = idLike;
    this.knowledge = new KnowledgeCheck(types, knowable, selectors);
    this.references = new WrittenReferenceCheck(types, knowable);
    this.lookUps = new LookUpCheck(operations);
    this.ids = new IdSchemaCheck(selectors);
  }

  /// Every check on one operation.
  void check(Operation operation, Notes notes) {
    stated(operation, notes);
    QueryWords.check(operation, notes);
    for (ObjectBinding binding : operation.objects().list()) {
      WordCheck.complete(operation, binding, notes);
      WordCheck.fitting(binding, notes);
      knowledge.knownBeforehand(operation, binding, notes);
      knowledge.parentsKnown(binding, notes);
      references.check(operation, binding, notes);
      separable(operation, binding, notes);
      lookUps.reachable(operation, binding, notes);
      knowledge.factsInResponse(operation, binding, notes);
      ids.check(operation, binding, notes);
      aggregateFiltered(binding, notes);
      knowledge.opaque(operation, binding, notes);
      paged(operation, binding, notes);
      streamed(operation, binding, notes);
    }
  }

  /// Every check on the types themselves.
  void checkTypes(Notes notes) {
    for (ObjectType type : types.types().values()) {
      lookUps.readBy(type, notes);
    }
  }

  /// An operation with an id-like parameter says which object it names, or why none.
  private void stated(Operation operation, Notes notes) {
    Parameter parameter =
        operation.objects() instanceof ObjectBindings.Unstated ? idLike.first(operation) : null;
    if (parameter != null) {
      String at = Fields.word(parameter.in()) + "." + parameter.name();
      notes.problem(
          operation.place(),
          "`"
              + operation.id().name()
              + "` takes `"
              + Nodes.shown(at)
              + "` and does not say whose object that is",
          "write `x-gatewarden-object: {type: TYPE, id: "
              + Nodes.shown(at)
              + "}`, or `{none: why it is none}`");
    }
  }

  /// Single items can be cut out of JSON and out of nothing else.
  private static void separable(Operation operation, ObjectBinding binding, Notes notes) {
    if (binding.batch() != ObjectBinding.Batch.EACH || binding.id() == null) {
      return;
    }
    boolean items = binding.id() instanceof Selector.Body(PointerPattern at) && at.many();
    boolean json = operation.body() != null;
    if (operation.body() != null) {
      for (String range : operation.body().content().types().keySet()) {
        json &= SelectorCheck.json(range);
      }
    }
    if (!items || !json) {
      notes.problem(
          binding.place(),
          "`batch: each` cuts items out of a JSON body, and "
              + (items
                  ? "`" + operation.id().name() + "` takes other bodies, too"
                  : "`" + binding.id().text() + "` is none of its items"),
          "write `batch: all`");
    }
  }

  /// What has begun cannot be refused any more.
  private static void streamed(Operation operation, ObjectBinding binding, Notes notes) {
    if (binding.does() != Does.LIST || binding.foreign() != ObjectBinding.Foreign.DENY) {
      return;
    }
    for (Responses.Promised promised : operation.responses().byStatus().values()) {
      for (Content.MediaType type : promised.content().types().values()) {
        boolean lines =
            type.range().equals("application/jsonl") || type.range().equals("application/x-ndjson");
        if (SelectorCheck.isStream(type.range()) && !lines && type.items() != null) {
          notes.problem(
              binding.place(),
              "`"
                  + operation.id().name()
                  + "` answers with a stream, which cannot be refused once it has begun",
              "write `foreign: filter`");
          return;
        }
      }
    }
  }

  /// Short pages tell how many objects of others were cut out of them.
  private static void paged(Operation operation, ObjectBinding binding, Notes notes) {
    if (binding.does() != Does.LIST
        || binding.filter() != null
        || binding.foreign() != ObjectBinding.Foreign.FILTER
        || binding.grants().contains(new Grant.Anyone())) {
      return;
    }
    for (Parameter parameter : operation.parameters()) {
      boolean turns =
          switch (parameter.name().toLowerCase(Locale.ROOT)) {
            case "page", "offset", "skip", "$skip", "cursor", "after", "page_token", "pagetoken" ->
                true;
            default -> false;
          };
      if (turns && parameter.in() == Parameter.In.QUERY) {
        notes.warning(
            binding.place(),
            "`"
                + operation.id().name()
                + "` has pages, and short ones tell how many objects of others were cut out",
            "let the service list the caller's alone: `filter: {at: query.OWNER, is:"
                + " principal.subject}`");
        return;
      }
    }
  }

  /// A sum over everybody's objects tells what nobody may see.
  private static void aggregateFiltered(ObjectBinding binding, Notes notes) {
    if (binding.does() == Does.AGGREGATE && binding.filter() == null && binding.access() == null) {
      notes.problem(
          binding.place(),
          "`does: aggregate` counts everybody's objects",
          "write `filter: {at: query.OWNER, is: principal.subject}`, or `access` for who may see"
              + " the whole");
    }
  }
}
