package dev.gatewarden.core.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewarden.core.document.ProblemsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutesTest {

  /// An API whose operations are written `GET /a/{b}`, one a line.
  static Contract api(String name, String... operations) {
    StringBuilder text =
        new StringBuilder("openapi: 3.1.0\ninfo: {title: a, version: b}\nsecurity: []\npaths:\n");
    List<String> paths = new ArrayList<>();
    for (String operation : operations) {
      String path = operation.substring(operation.indexOf(' ') + 1);
      if (!paths.contains(path)) {
        paths.add(path);
      }
    }
    for (String path : paths) {
      text.append("  '").append(path).append("':\n");
      for (String operation : operations) {
        if (operation.endsWith(" " + path)) {
          String method = operation.substring(0, operation.indexOf(' ')).toLowerCase(Locale.ROOT);
          text.append("    ").append(method).append(": {responses: {}}\n");
        }
      }
    }
    Contract contract = Contracts.of(text.toString()).excused().read();
    return new Contract(
        name,
        contract.title(),
        contract.version(),
        contract.dialect(),
        contract.servers(),
        contract.operations(),
        contract.schemes(),
        contract.types(),
        contract.classes(),
        contract.tenant(),
        contract.outbound(),
        contract.extensions(),
        contract.references(),
        contract.source(),
        contract.warnings());
  }

  private static Routes routes(String... operations) {
    return new Routes(List.of(new Mount(api("shop", operations), "", "/v1")));
  }

  /// `get /a/{b} b=c`, the methods allowed, or `unlisted`.
  static String shown(Routing routing) {
    return switch (routing) {
      case Routing.Matched matched -> {
        StringBuilder text = new StringBuilder(matched.operation().id().name());
        List<String> names = matched.operation().path().variables();
        assertThat(matched.count()).isEqualTo(names.size());
        for (int i = 0; i < names.size(); i++) {
          text.append(' ').append(names.get(i)).append('=').append(matched.raw(i));
        }
        yield text.toString();
      }
      case Routing.MethodNotListed(List<String> allowed) -> allowed.toString();
      case Routing.Unlisted() -> "unlisted";
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET|/v1/orders|get /orders",
        "HEAD|/v1/orders|get /orders",
        "POST|/v1/orders|[GET, HEAD]",
        "get|/v1/orders|[GET, HEAD]",
        "GET|/v1/orders/|unlisted",
        "GET|/v1/Orders|unlisted",
        "GET|/orders|unlisted",
        "GET|/v1|unlisted",
        "GET|/v1/|get /",
        "GET|/v1/orders/7|get /orders/{id} id=7",
        "GET|/v1/orders/a%2Cb|get /orders/{id} id=a%2Cb",
        "HEAD|/v1/orders/7|head /orders/{id} id=7",
        "DELETE|/v1/orders/7|[GET, HEAD]",
        "GET|/v1/orders/mine|get /orders/mine",
        "DELETE|/v1/orders/mine|[GET, HEAD]",
        "GET|/v1/orders/7/items/8|get /orders/{id}/items/{item} id=7 item=8",
        "GET|/v1/orders/mine/items/8|get /orders/{id}/items/{item} id=mine item=8",
        "POST|/v1/orders/mine/pay|post /orders/mine/pay",
        "GET|/v1/orders/7/items|unlisted",
        "GET|/v1/orders/7/items/|unlisted",
        "GET|/v1/files/a.json|get /files/{name}.json name=a",
        "GET|/v1/files/a.json.json|get /files/{name}.json name=a.json",
        "GET|/v1/files/.json|get /files/{any} any=.json",
        "GET|/v1/files/a.xml|get /files/{any} any=a.xml",
        "GET|/v1/range/1-2|get /range/{from}-{to} from=1 to=2",
        "GET|/v1/range/1-2-3|unlisted",
        "GET|/v1/range/-2|unlisted",
        "GET|/v1/range/1-|unlisted",
        "GET|/v1/things/7:cancel|get /things/{id}:cancel id=7",
        "GET|/v1/%C3%A4/x%2By|get /ä/x+y",
        "GET|''|unlisted",
        "OPTIONS|*|unlisted",
      })
  void finds_the_one_operation(String method, String path, String found) {
    Routes routes =
        routes(
            "GET /",
            "GET /orders",
            "GET /orders/{id}",
            "HEAD /orders/{id}",
            "GET /orders/mine",
            "POST /orders/mine/pay",
            "GET /orders/{id}/items/{item}",
            "GET /files/{name}.json",
            "GET /files/{any}",
            "GET /range/{from}-{to}",
            "GET /things/{id}:cancel",
            "GET /ä/x+y");

    assertThat(shown(routes.route(method, "any.example", path))).isEqualTo(found);
  }

  @Test
  void keeps_hosts_apart() {
    Routes routes =
        new Routes(
            List.of(
                new Mount(api("shop", "GET /a/{shop}", "GET /shop"), "Shop.example.com", "/"),
                new Mount(api("tenants", "GET /a/{tenant}"), "*.example.com", ""),
                new Mount(api("rest", "GET /a/{rest}", "GET /rest"), "", "")));

    assertThat(shown(routes.route("GET", "shop.example.com", "/a/1")))
        .isEqualTo("get /a/{shop} shop=1");
    assertThat(shown(routes.route("GET", "acme.example.com", "/a/1")))
        .isEqualTo("get /a/{tenant} tenant=1");
    assertThat(shown(routes.route("GET", "a.b.example.com", "/a/1")))
        .isEqualTo("get /a/{rest} rest=1");
    assertThat(shown(routes.route("GET", "example.com", "/a/1"))).isEqualTo("get /a/{rest} rest=1");
    assertThat(shown(routes.route("GET", "shop.example.com", "/rest"))).isEqualTo("get /rest");
    assertThat(shown(routes.route("GET", "acme.example.com", "/shop"))).isEqualTo("unlisted");
  }

  @Test
  void refuses_what_is_ambiguous_with_all_places() {
    List<Mount> mounts =
        List.of(
            new Mount(api("shop", "GET /a/{x}", "POST /a/{x}", "GET /a/{y}"), "", "/v1"),
            new Mount(api("twin", "GET /b"), "", "/v1/"),
            new Mount(api("inner", "GET /{z}", "GET /r/{a}-{b}", "GET /r/{a}.{b}"), "", "/v1/a"));

    assertThatThrownBy(() -> new Routes(mounts))
        .isInstanceOf(ProblemsException.class)
        .hasMessage(
            """
            shop.yaml:1:1: `shop` and `twin` stand at the same host and path; give one of them another `at: {host: …, path: …}`
            shop.yaml:6:5: `GET /{z}` of `shop.get /{z}` is the same request as `GET /a/{x}` of `shop.get /a/{x}`; that one stands at shop.yaml:6:5
            shop.yaml:9:5: `GET /a/{y}` of `shop.get /a/{y}` is the same request as `GET /a/{x}` of `shop.get /a/{x}`; that one stands at shop.yaml:6:5
            shop.yaml:10:5: `/v1/a/r/{a}.{b}` is ambiguous: one segment may match both `{}.{}` and `{}-{}`\
            """);
  }

  @Test
  void lets_one_api_stand_below_another() {
    Routes routes =
        new Routes(
            List.of(
                new Mount(api("outer", "GET /{x}/{y}"), "", ""),
                new Mount(api("inner", "GET /b"), "", "/a")));

    assertThat(shown(routes.route("GET", "h", "/a/b"))).isEqualTo("get /b");
    assertThat(shown(routes.route("GET", "h", "/a/c"))).isEqualTo("get /{x}/{y} x=a y=c");
  }
}
