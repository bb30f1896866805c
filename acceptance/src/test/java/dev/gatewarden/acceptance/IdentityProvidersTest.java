package dev.gatewarden.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the guides tell operators to write loads.
class IdentityProvidersTest {
  private static final String CONTRACT =
      """
      openapi: 3.1.0
      info: {title: Things, version: 1.0.0}
      servers: [{url: /}]
      security: [{bearerAuth: ['orders:read']}]
      components: {securitySchemes: {bearerAuth: {type: http, scheme: bearer}}}
      paths:
        /things:
          get:
            operationId: listThings
            responses: {'200': {description: Things}}
      """;

  @TempDir Path folder;

  @Test
  void the_settings_for_each_provider_load() throws Exception {
    List<String> snippets = snippets("identity-providers.md", "issuers:\n");
    assertThat(snippets).hasSizeGreaterThanOrEqualTo(6);
    StringBuilder issuers = new StringBuilder("issuers:\n");
    StringBuilder apis = new StringBuilder("apis:\n");
    for (String snippet : snippets) {
      String below = snippet.substring("issuers:\n".length());
      String name = below.substring(0, below.indexOf(':')).strip();
      issuers.append(below);
      apis.append(
          """
            api-%s:
              contract: things.yaml
              at: {path: /%s}
              upstream: {to: ['http://127.0.0.1:9000']}
              security: {bearerAuth: %s}
              tenancy: single
          """
              .formatted(name, name, name));
    }
    loads(issuers + apis.toString());
  }

  @Test
  void the_settings_for_delegation_load() throws Exception {
    String issuer = snippets("delegate-identity.md", "issuers:\n").getFirst();
    List<String> upstreams = new ArrayList<>(snippets("delegate-identity.md", "    upstream:\n"));
    String exchange = snippets("delegate-identity.md", "apis:\n").getFirst();
    upstreams.add(exchange.substring(exchange.indexOf("    upstream:\n")));
    assertThat(upstreams).hasSize(2);
    StringBuilder apis = new StringBuilder("apis:\n");
    for (int i = 0; i < upstreams.size(); i++) {
      apis.append(
          "  api-%s:\n    contract: things.yaml\n    at: {path: /a%s}\n    tenancy: single\n"
              .formatted(i, i));
      apis.append("    security: {bearerAuth: corp}\n").append(upstreams.get(i));
    }
    loads(issuer + apis);
  }

  private void loads(String sections) throws Exception {
    Files.writeString(folder.resolve("things.yaml"), CONTRACT);
    Files.writeString(
        folder.resolve("gatewarden.yaml"),
        "gatewarden: 1\nlisten:\n  public: {port: 0}\n" + sections);
    Program check = Program.gatewarden(folder, "check-config");
    assertThat(check.code()).as(check.out() + check.err()).isZero();
  }

  /// The YAML blocks of a guide that begin so.
  private static List<String> snippets(String guide, String begin) throws Exception {
    String text =
        Files.readString(
            Path.of(System.getProperty("gatewarden.root", ".."), "docs", "how-to", guide),
            StandardCharsets.UTF_8);
    List<String> snippets = new ArrayList<>();
    String fence = "```yaml\n";
    for (int at = text.indexOf(fence); at >= 0; at = text.indexOf(fence, at + 1)) {
      int from = at + fence.length();
      String block = text.substring(from, text.indexOf("```", from));
      if (block.startsWith(begin)) {
        snippets.add(block);
      }
    }
    return snippets;
  }
}
