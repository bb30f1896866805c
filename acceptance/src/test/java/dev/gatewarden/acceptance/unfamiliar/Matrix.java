package dev.gatewarden.acceptance.unfamiliar;

import dev.gatewarden.acceptance.Opened;
import dev.gatewarden.acceptance.Signed;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Every caller at every way to everybody's things, held against a table of who may what.
final class Matrix implements AutoCloseable {
  static final Signed CORP = Signed.of("corp");
  static final String ALICE = "alice";
  static final String BOB = "bob";
  static final String CAROL = "carol";

  /// Has the role `admin`.
  static final String ROOT = "root";

  static final String NOBODY = "";

  /// Whose things are not there.
  static final String GHOST = "ghost";

  static final List<String> OWNERS = List.of(ALICE, BOB, CAROL);

  /// Who may use a way.
  enum Rule {
    ANYBODY,
    SIGNED_IN,
    OWNER,
    ADMIN
  }

  /// An operation as it is called.
  ///
  /// @param path `{of}` stands for what names the thing of somebody; without it the way is nobody's
  /// @param done the status where it is done
  /// @param writes whether the service then writes
  record Way(
      String name, String method, String path, String body, Rule rule, int done, boolean writes) {
    boolean ofSomebody() {
      return (path + body).contains("{of}");
    }
  }

  /// What the matrix asks of a service with faults.
  interface Faulty {
    URI uri();

    /// Has everything of somebody there as it was, whatever was done to it.
    String fresh(Way way, String of) throws IOException, InterruptedException;

    /// What was written since this was asked last.
    List<String> takeWrites();
  }

  final Opened gate;
  private final Faulty service;

  private Matrix(Opened gate, Faulty service) {
    this.gate = gate;
    this.service = service;
  }

  /// Opens a gate over a contract of others.
  ///
  /// @param scheme what its contract calls the proof of callers
  static Matrix open(Path folder, Faulty service, Path contract, String overlay, String scheme)
      throws IOException {
    Files.writeString(folder.resolve("overlay.yaml"), overlay);
    CORP.publish(folder);
    Files.writeString(
        folder.resolve("gatewarden.yaml"),
        """
        gatewarden: 1
        listen: {public: {port: 0}, admin: {port: 0}}
        issuers:
          corp: {url: '%s', audience: '%s', algorithms: [ES256], keys: keys.json, roles: /roles}
        apis:
          api:
            contract: %s
            overlay: overlay.yaml
            at: {path: /}
            upstream: {to: ['%s'], identity: signed}
            security: {%s: corp}
            tenancy: single
            guards:
              principal-limit: {rate: 1000000/1s, burst: 1000000}
              source-limit: {rate: 1000000/1s, burst: 1000000}
        decisions: stdout
        store: none
        """
            .formatted(CORP.issuer(), CORP.audience(), contract, service.uri(), scheme));
    return new Matrix(Opened.over(folder), service);
  }

  static String token(String caller) {
    return caller.equals(NOBODY)
        ? ""
        : CORP.token(
            caller, "", caller.equals(ROOT) ? new String[] {"admin"} : new String[] {"reader"});
  }

  HttpResponse<String> send(String caller, String method, String path, String body)
      throws IOException, InterruptedException {
    return gate.send(method, path, token(caller), body);
  }

  /// Every cell that is not as the table says.
  List<String> wrong(List<Way> ways) throws IOException, InterruptedException {
    List<String> wrong = new ArrayList<>();
    List<String> targets = new ArrayList<>(OWNERS);
    targets.add(GHOST);
    for (Way way : ways) {
      for (String of : way.ofSomebody() ? targets : List.of(ALICE)) {
        for (String caller : List.of(ALICE, BOB, CAROL, ROOT, NOBODY)) {
          String fault = cell(way, caller, of);
          if (!fault.isEmpty()) {
            wrong.add(way.name() + " by `" + caller + "` of " + of + ": " + fault);
          }
        }
      }
    }
    return wrong;
  }

  private String cell(Way way, String caller, String of) throws IOException, InterruptedException {
    String named = service.fresh(way, of);
    var unused = service.takeWrites();
    HttpResponse<String> told =
        send(
            caller,
            way.method(),
            way.path().replace("{of}", named),
            way.body().replace("{of}", named));
    List<String> written = service.takeWrites();
    int expected = expected(way, caller, of);
    boolean allowed = expected == way.done();
    if (told.statusCode() != expected) {
      return told.statusCode() + " for " + expected + " " + told.body();
    }
    if (written.size() != (allowed && way.writes() ? 1 : 0)) {
      return "written " + written;
    }
    return !allowed && told.body().contains("secret-of") ? "shown " + told.body() : "";
  }

  private static int expected(Way way, String caller, String of) {
    if (caller.equals(NOBODY) && way.rule() != Rule.ANYBODY) {
      return 401;
    }
    if (way.rule() == Rule.ADMIN && !caller.equals(ROOT)) {
      return 403;
    }
    if (of.equals(GHOST)) {
      return 404;
    }
    return way.rule() != Rule.OWNER || caller.equals(of) ? way.done() : 404;
  }

  @Override
  public void close() {
    gate.close();
  }
}
