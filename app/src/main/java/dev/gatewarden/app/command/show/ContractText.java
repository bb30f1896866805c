package dev.gatewarden.app.command.show;

import dev.gatewarden.app.command.Problems;
import dev.gatewarden.app.command.Terminal;
import dev.gatewarden.core.contract.Content;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.ContractSummary;
import dev.gatewarden.core.contract.Flows;
import dev.gatewarden.core.contract.Lifecycle;
import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectBindings;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.OutboundCall;
import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.contract.Permission;
import dev.gatewarden.core.contract.RequestBody;
import dev.gatewarden.core.contract.Responses;
import dev.gatewarden.core.contract.StepUp;
import dev.gatewarden.core.contract.TenantRule;
import dev.gatewarden.core.contract.Unbounded;
import dev.gatewarden.core.contract.UnusedComponents;
import dev.gatewarden.core.document.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What was understood of a contract, for people.
public final class ContractText {
  private final Flows flows;
  private final Terminal terminal;
  private final StringBuilder text = new StringBuilder();

  private ContractText(Contract contract, Terminal terminal) {
    this.flows = Flows.of(contract);
    this.terminal = terminal;
  }

  /// All of it.
  public static String of(Contract contract, Terminal terminal) {
    return new ContractText(contract, terminal).whole(contract);
  }

  /// One operation.
  public static String of(Contract contract, Operation operation, Terminal terminal) {
    ContractText text = new ContractText(contract, terminal);
    text.operation(operation);
    return text.text.toString();
  }

  private String whole(Contract contract) {
    text.append(terminal.strong(contract.title() + " " + contract.version())).append('\n');
    row("file", contract.source().place().origin().name());
    row("schemas", Words.dialect(contract));
    contract.servers().forEach(each -> row("server", each.url()));
    contract.schemes().forEach((name, scheme) -> row("scheme", name + ": " + Words.scheme(scheme)));
    TenantRule tenant = contract.tenant();
    if (tenant != null) {
      row("tenant", tenant.places() + " is " + tenant.is().text());
    }
    contract.types().values().forEach(type -> row("object", ContractSummary.type(type)));
    lifecycle(Lifecycle.in(contract.extensions()));
    contract.operations().forEach(this::operation);
    section("calls the API makes", contract.outbound().stream().map(ContractText::call).toList());
    section(
        "properties",
        PropertyRule.of(contract).stream()
            .map(each -> each.place().pointer() + "  " + each.said())
            .toList());
    section(
        "parts that nothing leads to",
        UnusedComponents.of(contract).stream()
            .map(each -> each.name() + "  " + terminal.faint(each.place().toString()))
            .toList());
    Unbounded unbounded = Unbounded.in(contract);
    if (unbounded.texts().size() + unbounded.lists().size() > 0) {
      section(
          "in requests only the usual bounds hold for",
          List.of(
              Problems.count(unbounded.texts().size(), "text") + " without `maxLength`",
              Problems.count(unbounded.lists().size(), "list") + " without `maxItems`"));
    }
    section(
        "odd, ignored, or taken for something",
        contract.warnings().stream().map(Problem::toString).toList());
    text.append('\n')
        .append(contract.operations().size())
        .append(contract.operations().size() == 1 ? " operation" : " operations")
        .append('\n');
    return text.toString();
  }

  private void section(String title, List<String> lines) {
    if (!lines.isEmpty()) {
      text.append('\n').append(terminal.strong(title)).append('\n');
      lines.forEach(line -> text.append("  ").append(line).append('\n'));
    }
  }

  private void row(String name, String value) {
    text.append("  ").append(name);
    text.repeat(' ', Math.max(1, 12 - name.length())).append(value).append('\n');
  }

  private void operation(Operation operation) {
    text.append('\n')
        .append(terminal.strong(operation.method() + " " + operation.path()))
        .append("  ")
        .append(operation.id().name())
        .append("  ")
        .append(terminal.faint(operation.place().toString()))
        .append('\n');
    row("callers", ContractSummary.security(operation.security()));
    Permission permission = Permission.in(operation.extensions());
    if (permission != null) {
      row("roles", permission.text());
    }
    objects(operation.objects());
    lifecycle(Lifecycle.in(operation.extensions()));
    StepUp stepUp = StepUp.in(operation.extensions());
    if (stepUp != null) {
      row("step-up", stepUp.text());
    }
    flows.at(operation).forEach(seat -> row("flow", seat.step().summary()));
    operation.parameters().forEach(each -> row(place(each), parameter(each)));
    body(operation.body());
    operation.responses().byStatus().values().forEach(this::response);
  }

  private void objects(ObjectBindings objects) {
    switch (objects) {
      case ObjectBindings.Bound(List<ObjectBinding> each) ->
          each.forEach(binding -> row("touches", ContractSummary.binding(binding)));
      case ObjectBindings.None none -> row("touches", "no object: " + none.because());
      case ObjectBindings.Unbound(String why) -> row("touches", "unknown: " + why);
      case ObjectBindings.Unstated _ -> {}
    }
  }

  private void lifecycle(@Nullable Lifecycle life) {
    if (life != null) {
      row(
          "life",
          life.state().word()
              + (life.since() == null ? "" : " since " + life.since())
              + (life.sunset() == null ? "" : ", ends on " + life.sunset()));
    }
  }

  private static String place(Parameter parameter) {
    return parameter.in().name().toLowerCase(Locale.ROOT);
  }

  private static String parameter(Parameter parameter) {
    return parameter.name()
        + ": "
        + Shapes.of(parameter.schema())
        + (parameter.required() ? ", required" : "")
        + "; "
        + Words.written(parameter);
  }

  private void body(@Nullable RequestBody body) {
    if (body != null) {
      row("takes", (body.required() ? "always " : "") + content(body.content()));
    }
  }

  private void response(Responses.Promised response) {
    List<String> headers = response.headers().stream().map(Parameter::name).toList();
    row(
        response.status(),
        content(response.content())
            + (headers.isEmpty() ? "" : "; with " + String.join(", ", headers)));
  }

  private static String content(Content content) {
    List<String> types = new ArrayList<>();
    content
        .types()
        .values()
        .forEach(each -> types.add(each.range() + " " + Shapes.of(each.schema())));
    return types.isEmpty() ? "nothing" : String.join("; ", types);
  }

  private static String call(OutboundCall call) {
    RequestBody body = call.body();
    return call.method()
        + " "
        + call.name()
        + (call.because() == null ? "" : ", asked for by " + call.because().name())
        + (body == null ? "" : ": " + content(body.content()));
  }
}
