package dev.gatewarden.app.command;

import dev.gatewarden.app.command.design.TenantSheet;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Selector;
import dev.gatewarden.core.contract.TenantRule;
import dev.gatewarden.core.document.Nearest;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.policy.Isolation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `gatewarden contract tenants`.
@Command(
    name = "gatewarden contract tenants",
    description = {
      "Writes of each operation how its tenant is known, how it is checked, and what is missing;"
          + " from the contract alone, before there is a configuration.",
      "An operation without an answer does not load where there are several tenants."
    },
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  gatewarden contract tenants api.yaml",
      "  gatewarden contract tenants api.yaml --tenancy host --format csv",
      "",
      "Exit code: 0 every operation has an answer, 1 one has none, 2 it could not tell."
    })
final class ContractTenantsCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final DesignOptions options = new DesignOptions();

  @Option(
      names = "--tenancy",
      paramLabel = "<way>",
      description =
          "token, host, path, header, certificate or single, as `tenancy` of the configuration will"
              + " say; where it is not said, what the contract's own tenant words mean, else"
              + " token.")
  private Isolation.@Nullable Way way;

  @Option(
      names = "--sender",
      paramLabel = "<scheme>",
      description = "A security scheme that is proved by who sends, and is of no tenant.")
  private List<String> senders = new ArrayList<>();

  ContractTenantsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, Refusal {
    Audited read = options.read(terminal);
    Contract contract = read.contract();
    for (String each : senders) {
      if (!contract.schemes().containsKey(each)) {
        String advice = Nearest.advice(each, contract.schemes().keySet());
        throw new Refusal(
            "the contract has no scheme `" + each + "`" + (advice.isEmpty() ? "" : "; " + advice));
      }
    }
    Isolation.Way known = way == null ? said(contract) : way;
    List<Isolation.Row> rows = new Isolation(contract, known, Set.copyOf(senders), false).rows();
    options.write(terminal, TenantSheet.of(contract, known, rows, options.owners(terminal, read)));
    return rows.stream().allMatch(each -> each.gaps().isEmpty())
        ? Commands.CLEAN
        : Commands.FINDINGS;
  }

  /// The one way that all tenant words of a contract are of.
  private static Isolation.Way said(Contract contract) {
    Set<Isolation.Way> ways = EnumSet.noneOf(Isolation.Way.class);
    for (Operation each : contract.operations()) {
      TenantRule rule = each.tenant();
      if (rule != null) {
        ways.add(
            switch (rule.from()) {
              case Selector.HostLabel _ -> Isolation.Way.HOST;
              case Selector.PathParameter _ -> Isolation.Way.PATH;
              case Selector.Header _ -> Isolation.Way.HEADER;
              case Selector.QueryParameter _,
                  Selector.Cookie _,
                  Selector.Body _,
                  Selector.ResponseBody _,
                  Selector.ResponseHeader _,
                  Selector.Argument _,
                  Selector.Message _,
                  Selector.Part _,
                  Selector.OfPrincipal _,
                  Selector.Result _ ->
                  Isolation.Way.TOKEN;
            });
      }
    }
    return ways.size() == 1 ? ways.iterator().next() : Isolation.Way.TOKEN;
  }
}
