package dev.gatewarden.core.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.Corpora;
import dev.gatewarden.core.Ratchets;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.ContractFiles;
import dev.gatewarden.core.contract.ContractReader;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.Place;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What is taken for a login in contracts that others wrote: what is not one must not be slowed.
@Tag("long")
class RealLoginsTest {

  @Test
  void few_operations_are_logins_by_their_names_and_each_of_them_is_one() {
    List<Path> files = new ArrayList<>(Corpora.files("openapi/directory"));
    files.add(Corpora.at("openapi/github.json"));
    files.add(Corpora.at("openapi/conduit.yaml"));
    files.add(Corpora.at("openapi/vampi.yaml"));
    List<String> found = new ArrayList<>();
    int operations = 0;
    for (Path file : files) {
      Contract contract = read(file);
      operations += contract.operations().size();
      for (Operation operation : contract.operations()) {
        LoginRoute route = LoginRoute.of(contract, operation);
        if (route != null) {
          found.add(operation.id().name() + " " + route.kind().word());
        }
      }
    }

    assertThat(found)
        .containsExactlyInAnyOrder(
            "ExchangeCodeForToken mfa",
            "RefreshToken refresh",
            "accountCreateRecovery reset",
            "accountUpdateRecovery mfa",
            "CreateToken login",
            "createToken refresh",
            "Login login",
            "api_views.users.register_user sign-up",
            "api_views.users.login_user login");
    Ratchets.note("login.directory-operations", operations);
  }

  private static Contract read(Path file) {
    Place.Origin origin = new Place.Origin(file.toUri(), file.getFileName().toString());
    return new ContractReader(address -> Files.readAllBytes(Path.of(address)), Bounds.DEFAULT)
        .read(new ContractFiles("api", origin), _ -> true);
  }
}
