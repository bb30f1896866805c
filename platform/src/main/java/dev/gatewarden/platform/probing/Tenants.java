package dev.gatewarden.platform.probing;

import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.PrincipalPart;
import dev.gatewarden.core.contract.Selector;
import dev.gatewarden.core.contract.TenantRule;
import dev.gatewarden.core.probe.Identity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where paths name a tenant that no word of the contract calls so.
///
/// `/t/{tenant}/records` is below the caller's own tenant wherever testers say that they have
/// different ones; a directory of companies that all may read has to be called otherwise.
public final class Tenants {
  private static final Set<String> NAMES =
      Set.of(
          "tenant",
          "tenantid",
          "tenantname",
          "tenantslug",
          "org",
          "orgid",
          "orgslug",
          "organization",
          "organizationid",
          "organisation",
          "organisationid",
          "workspace",
          "workspaceid");

  private Tenants() {}

  /// A contract with what its paths tell of tenants; the same where testers do not have several.
  public static Contract named(Contract contract, List<Identity> identities) {
    Set<String> tenants = new HashSet<>();
    for (Identity each : identities) {
      if (each.is().tenant() != null) {
        tenants.add(each.is().tenant());
      }
    }
    if (tenants.size() < 2 || contract.tenant() != null) {
      return contract;
    }
    List<Operation> operations = new ArrayList<>();
    for (Operation each : contract.operations()) {
      String variable = each.tenant() == null ? variable(each) : null;
      operations.add(variable == null ? each : below(each, variable));
    }
    return new Contract(
        contract.api(),
        contract.title(),
        contract.version(),
        contract.dialect(),
        contract.servers(),
        operations,
        contract.schemes(),
        contract.types(),
        contract.classes(),
        null,
        contract.outbound(),
        contract.extensions(),
        contract.references(),
        contract.source(),
        contract.warnings());
  }

  private static @Nullable String variable(Operation operation) {
    // what ends a path is what is asked for, not where it lies
    String last = operation.path().text();
    for (String each : operation.path().variables()) {
      String plain = each.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
      if (NAMES.contains(plain) && !last.endsWith("/{" + each + "}")) {
        return each;
      }
    }
    return null;
  }

  private static Operation below(Operation operation, String variable) {
    return new Operation(
        operation.id(),
        operation.index(),
        operation.method(),
        operation.path(),
        operation.parameters(),
        operation.body(),
        operation.responses(),
        operation.security(),
        operation.objects(),
        new TenantRule(
            new Selector.PathParameter(variable),
            List.of(),
            new PrincipalPart.Tenant(),
            operation.place()),
        operation.extensions(),
        operation.source(),
        operation.place());
  }
}
