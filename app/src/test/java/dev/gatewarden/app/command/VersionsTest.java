package dev.gatewarden.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A configuration whose APIs are versions of each other.
final class VersionsTest {

  @TempDir private Path folder;
  private Shell shell;

  @BeforeEach
  void open() {
    shell = new Shell(folder);
  }

  private void contract(String name, String version, String life, String word) throws IOException {
    Files.writeString(
        folder.resolve(name),
        """
        openapi: 3.1.0
        info: {title: Shop, version: %s}
        security: [{bearerAuth: []}]
        %s
        paths: {/a: {get: {operationId: a%s, responses: {'204': {description: x}}}}}
        components: {securitySchemes: {bearerAuth: {type: http, scheme: bearer}}}
        """
            .formatted(version, life.isEmpty() ? "" : "x-gatewarden-lifecycle: " + life, word));
  }

  private Shell.Said check(String versions) throws IOException {
    StringBuilder apis = new StringBuilder();
    for (int i = 1; i <= 3; i++) {
      apis.append("  shop").append(i).append(": {contract: v").append(i);
      apis.append(".yaml, at: {path: /v").append(i);
      apis.append("}, upstream: {to: ['http://127.0.0.1:9000']}, security: {bearerAuth: corp},");
      apis.append(" tenancy: single").append(i == 3 ? ", versions: " + versions : "").append("}\n");
    }
    Files.writeString(
        folder.resolve("gatewarden.yaml"),
        """
        gatewarden: 1
        listen: {public: {port: 8080}, admin: {port: 8081}}
        issuers: {corp: {url: 'https://id.example.com', audience: 'https://api.example.com', algorithms: [RS256]}}
        apis:
        """
            + apis);
    return shell.run("check-config");
  }

  @Test
  void counts_the_versions_that_are_alive() throws IOException {
    contract("v1.yaml", "1.9.0", "", "");
    contract("v2.yaml", "2.1.0", "", "");
    contract("v3.yaml", "3.0.0", "", "");
    Shell.Said said = check("{live: 2}");
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.out())
        .contains(
            "3 versions of `Shop` are alive: shop1 1.9.0, shop2 2.1.0, shop3 3.0.0",
            "end the oldest");
    assertThat(check("{live: 3}").code()).isZero();
    contract("v1.yaml", "1.9.0", "{state: sunset}", "");
    assertThat(check("{live: 2}").code()).isZero();
    contract("v1.yaml", "1.9.0", "{since: 2020-01-01, sunset: 2020-06-01}", "");
    Shell.Said ended = check("{live: 2}");
    assertThat(ended.code()).isZero();
    assertThat(ended.err()).contains("this has ended on 2020-06-01 and is still served");
    contract("v1.yaml", "1.9.0", "{since: 2999-01-01, sunset: 2999-06-01}", "");
    assertThat(check("{live: 2}").code()).isEqualTo(1);
  }

  @Test
  void measures_the_notice_callers_are_given() throws IOException {
    contract("v1.yaml", "1.9.0", "", "");
    contract("v2.yaml", "2.1.0", "", "");
    contract("v3.yaml", "3.0.0", "{since: 2998-01-01, sunset: 2998-03-31}", "");
    Shell.Said said = check("{notice: 90d}");
    assertThat(said.out())
        .contains("callers are told 89 days before the end, and 90 are promised")
        .contains("name a day from 2998-04-01 on");
    contract("v3.yaml", "3.0.0", "{since: 2998-01-01, sunset: 2998-04-01}", "");
    assertThat(check("{notice: 90d}").code()).isZero();
    contract("v3.yaml", "3.0.0", "{sunset: 2998-04-01}", "");
    assertThat(check("{notice: 90d}").out()).contains("and not `since` when callers are told");
    contract("v3.yaml", "3.0.0", "", ", deprecated: true");
    assertThat(check("{notice: 90d}").err())
        .contains("`a` is deprecated, and no day is named for its end");
  }

  @Test
  void refuses_a_promise_that_promises_nothing() throws IOException {
    contract("v1.yaml", "1.9.0", "", "");
    contract("v2.yaml", "2.1.0", "", "");
    contract("v3.yaml", "3.0.0", "", "");
    assertThat(check("{}").out()).contains("`versions` promises nothing");
    assertThat(check("{live: 0}").out()).contains("`live` is 0; at least 1");
    assertThat(check("{of: shop, notice: 90d}").out())
        .contains("`of` has no effect without `live`");
    assertThat(check("{breaking: never}").out()).contains("`any-time`", "`new-version`");
  }
}
