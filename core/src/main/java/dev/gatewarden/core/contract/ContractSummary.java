package dev.gatewarden.core.contract;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A contract in lines that a person reads and `diff` compares: what it says of callers and
/// objects, sorted, without schemas.
public final class ContractSummary {
  private ContractSummary() {}

  /// The lines: the API, its object types, then its operations by path and method.
  public static List<String> lines(Contract contract) {
    List<String> lines = new ArrayList<>();
    lines.add(
        contract.api()
            + ": "
            + contract.title()
            + " "
            + contract.version()
            + ", "
            + contract.operations().size()
            + " operations, "
            + contract.types().size()
            + " object types");
    TenantRule tenant = contract.tenant();
    if (tenant != null) {
      lines.add("tenant: " + tenant.places() + " is " + tenant.is().text());
    }
    contract.types().values().stream()
        .sorted(Comparator.comparing(ObjectType::name))
        .forEach(type -> lines.add(type(type)));
    contract.operations().stream()
        .sorted(
            Comparator.<Operation, String>comparing(each -> each.path().text())
                .thenComparing(Operation::method))
        .forEach(operation -> operation(operation, lines));
    return lines;
  }

  /// A type and whose its objects are.
  public static String type(ObjectType type) {
    StringBuilder line = new StringBuilder("type ").append(type.name()).append(": id ");
    line.append(type.id().at()).append(" as ").append(Fields.word(type.id().as()));
    fact(line, "owner", type.owner());
    fact(line, "tenant", type.tenant());
    pointers(line, "parent", type.parents());
    type.references()
        .forEach(each -> line.append("; refs ").append(each.type()).append(' ').append(each.at()));
    line.append("; read ").append(grants(type.access().read()));
    line.append("; write ").append(grants(type.access().write()));
    line.append("; known by ").append(joined(type.knownBy(), Fields::word));
    if (type.readBy() != null) {
      line.append("; read by ").append(type.readBy());
    }
    line.append("; unknown ").append(Fields.word(type.unknown()));
    if (type.unchanged()) {
      line.append("; write if unchanged");
    }
    return type.opaque()
        ? line.append("; opaque as ").append(type.publicId().text()).toString()
        : line.toString();
  }

  private static void fact(StringBuilder line, String name, ObjectType.@Nullable Fact fact) {
    if (fact != null) {
      line.append("; ").append(name);
      line.append(fact.at() == null ? ", shown by nothing," : " " + fact.at());
      line.append(" is ").append(fact.is().text());
    }
  }

  private static void pointers(StringBuilder line, String name, Map<String, PointerPattern> all) {
    all.forEach(
        (type, at) ->
            line.append("; ").append(name).append(' ').append(type).append(' ').append(at));
  }

  private static void operation(Operation operation, List<String> lines) {
    lines.add(
        operation.method()
            + " "
            + operation.path()
            + " "
            + operation.id().name()
            + ": "
            + security(operation.security()));
    switch (operation.objects()) {
      case ObjectBindings.Bound(List<ObjectBinding> each) ->
          each.forEach(binding -> lines.add("  " + binding(binding)));
      case ObjectBindings.None none -> lines.add("  no object: " + none.because());
      case ObjectBindings.Unstated ignored -> {}
      case ObjectBindings.Unbound(String why) -> lines.add("  unbound: " + why);
    }
  }

  /// Who may call, in a few words.
  public static String security(Security security) {
    if (!security.stated()) {
      return "says nothing of callers";
    }
    if (security.isPublic()) {
      return "anybody";
    }
    return joined(
        security.alternatives(),
        " or ",
        alternative ->
            alternative.needs().isEmpty()
                ? "anybody"
                : joined(alternative.needs(), " and ", ContractSummary::need));
  }

  private static String need(Security.Need need) {
    return need.scopes().isEmpty()
        ? need.scheme()
        : need.scheme() + "(" + String.join(" ", need.scopes()) + ")";
  }

  /// One object and what happens to it.
  public static String binding(ObjectBinding binding) {
    StringBuilder line = new StringBuilder(Fields.word(binding.does()));
    line.append(' ').append(binding.type().name());
    if (binding.id() != null) {
      line.append(" by ").append(binding.id().text());
    }
    if (binding.items() != null) {
      line.append(" in ").append(binding.items().text());
      line.append(", foreign ones ").append(Fields.word(binding.foreign()));
    }
    binding
        .within()
        .forEach((type, at) -> line.append(", within ").append(type).append(' ').append(at.text()));
    if (binding.count() != null) {
      line.append(", count");
      binding.count().at().forEach(at -> line.append(' ').append(at));
      line.append(' ').append(Fields.word(binding.count().then()));
    }
    if (binding.learn()) {
      line.append(", learns the owner");
    }
    if (binding.filter() != null) {
      line.append(", filtered by ").append(binding.filter().at().text());
      line.append(" is ").append(binding.filter().is().text());
    }
    return line.append(", for ").append(grants(binding.grants())).toString();
  }

  private static String grants(List<Grant> grants) {
    return joined(grants, Grant::text);
  }

  private static <T> String joined(List<T> all, Function<T, String> text) {
    return joined(all, ", ", text);
  }

  private static <T> String joined(List<T> all, String between, Function<T, String> text) {
    return all.stream().map(text).collect(Collectors.joining(between));
  }
}
