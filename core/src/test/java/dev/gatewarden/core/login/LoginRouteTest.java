package dev.gatewarden.core.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.ContractFiles;
import dev.gatewarden.core.contract.ContractReader;
import dev.gatewarden.core.contract.LoginRule;
import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.Problem;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoginRouteTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "post /login          | email password             | login by body#/email (by its name)",
        "post /v1/auth/signIn | userName passwd            | login by body#/userName (by its name)",
        "post /sessions       | login pwd                  | login by body#/login (by its name)",
        "post /users/sign_in  | user.email user.password   | login by body#/user/email (by its"
            + " name)",
        "post /oauth/token    | username password refresh_token grant_type | login by"
            + " body#/username (by its name)",
        "post /users/{username}/login | password           | login by path.username (by its name)",
        "post /anmelden       | benutzername kennwort      | -",
        "post /password/forgot | email                     | reset by body#/email (by its name)",
        "post /account/reset-password | email             | reset by body#/email (by its name)",
        "post /otp/send       | phone_number               | reset by body#/phone_number (by its"
            + " name)",
        "post /auth/magic-link/request | email             | reset by body#/email (by its name)",
        "post /password/reset | token newPassword          | mfa (by its name)",
        "post /password/reset | email code password        | mfa by body#/email (by its name)",
        "post /mfa/verify     | mfa_token code             | mfa within body#/mfa_token (by its"
            + " name)",
        "post /2fa            | email otp                  | mfa by body#/email (by its name)",
        "post /auth/refresh   | refresh_token              | refresh by body#/refresh_token (by its"
            + " name)",
        "post /auth/refresh-token | x                      | refresh (by its name)",
        "post /signup         | email password             | sign-up by body#/email (by its name)",
        "post /auth/register  | username password          | sign-up by body#/username (by its"
            + " name)",
        "post /users          | email password             | sign-up by body#/email (by its name)",
        "post /logout         | email password             | -",
        "post /oauth/revoke   | token refresh_token        | -",
        "post /users          | email name                 | -",
        "post /orders         | email coupon_code          | -",
        "post /counters/reset | name                       | -",
        "post /refresh        | cache                      | -",
        "post /me/change-password | password newPassword   | -",
        "post /devices/register | name serial              | -",
        "get  /sessions       | email                      | -",
        "post /tokens         | name scopes                | -",
        "post /events/login   | count                      | -",
        "post /login/code     | email code                 | mfa by body#/email (by its name)",
        "post /promo-code     | code percent               | -",
        "put  /country/code   | code name                  | -",
        "post /orders/lookup-code | code                   | -"
      })
  void an_operation_is_what_it_is_called_and_takes(String operation, String fields, String is) {
    assertThat(route(operation, fields, "")).isEqualTo(is);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "post /users/{username}/counters/reset | name      | -",
        "post /users/{username}/password/reset | note      | -",
        "post /account/recover    | accountId              | -",
        "post /auth/register      | username password      | -",
        "post /devices/register   | name password          | -",
        "post /order/confirmation/send | email             | -",
        "post /verification/request | account              | -",
        "post /mfa/verify         | code                   | mfa (by its name)",
        "post /sessions           | username password      | login by body#/username (by its name)"
      })
  void what_only_proved_callers_may_do_is_no_way_in(String operation, String fields, String is) {
    assertThat(route(contract(operation, fields, "", "[{bearer: []}]"))).isEqualTo(is);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "post /password/forgot    | email                  | reset by body#/email (by its name)",
        "post /auth/register      | username password      | sign-up by body#/username (by its"
            + " name)",
        "post /webhooks/register  | email                  | -"
      })
  void a_key_says_nothing_of_who_uses_the_application(String operation, String fields, String is) {
    assertThat(route(contract(operation, fields, "", "[{key: []}]"))).isEqualTo(is);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{does: none}                                       | -",
        "{does: login, account: body#/email}                | login by body#/email",
        "{does: login}                                      | login by body#/email",
        "{does: mfa, pending: header.X-Login}               | mfa by body#/email within"
            + " header.X-Login"
      })
  void the_contract_has_the_last_word(String rule, String is) {
    assertThat(route("post /login", "email password", rule)).isEqualTo(is);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{does: login, acount: body#/email}                 | is not known here",
        "{does: login, account: body#/users/*/mail}         | one value is wanted",
        "{does: login, account: response.body#/x}           | stands in the request",
        "{does: login, pending: body#/ticket}               | in its answer",
        "{does: mfa, pending: response.body#/ticket}        | in its request",
        "{does: login, failed: {}}                          | does not say how",
        "{does: login, failed: {is: [x]}}                   | needs to know where",
        "{does: login, failed: {status: [nine]}}            | from 100 to 599",
        "{does: login, failed: {at: body#/x}}               | no place of one value",
        "{does: login, subject: body#/email}                | `token` is missing",
        "{does: login, token: response.body#/t}             | `subject` is missing",
        "{does: reset, token: response.body#/t}             | no effect",
        "{does: none, account: body#/email}                 | no effect",
        "{does: logon}                                      | should be one of"
      })
  void what_is_said_unclearly_is_told(String rule, String message) {
    List<Problem> problems = new ArrayList<>();
    var unused =
        LoginRule.of(
            contract("post /login", "email password", rule).operations().getFirst(), problems);
    assertThat(problems).anySatisfy(each -> assertThat(each.toString()).contains(message));
  }

  @Test
  void an_overlay_says_it_as_well() {
    assertThat(route("post /enter", "mail secret", "{does: login, account: body#/mail}"))
        .isEqualTo("login by body#/mail");
  }

  private static String route(String operation, String fields, String rule) {
    return route(contract(operation, fields, rule));
  }

  private static String route(Contract contract) {
    LoginRoute route = LoginRoute.of(contract, contract.operations().getFirst());
    return route == null ? "-" : route.text();
  }

  /// @param fields names, `user.email` for a member of an object
  /// @param rule laid over the contract by an overlay; nothing where empty
  private static Contract contract(String operation, String fields, String rule) {
    return contract(operation, fields, rule, "[]");
  }

  private static Contract contract(String operation, String fields, String rule, String security) {
    String[] words = operation.strip().split(" +", -1);
    StringBuilder nested = new StringBuilder();
    StringBuilder plain = new StringBuilder();
    for (String field : fields.strip().split(" +", -1)) {
      int dot = field.indexOf('.');
      (dot < 0 ? plain : nested)
          .append(field.substring(dot + 1))
          .append(": {type: string, maxLength: 9}, ");
    }
    if (!nested.isEmpty()) {
      plain.append("user: {type: object, properties: {").append(nested).append("}}, ");
    }
    String variable = words[1].contains("{") ? "username" : "";
    String text =
        "openapi: 3.1.0\ninfo: {title: T, version: '1'}\nsecurity: "
            + security
            + "\ncomponents: {securitySchemes: {bearer: {type: http, scheme: bearer}, key: {type:"
            + " apiKey, in: header, name: X-Key}}}\npaths:\n  "
            + words[1]
            + ":\n    "
            + words[0]
            + ":\n      x-gatewarden-object: {none: nobody is proved}\n"
            + (variable.isEmpty()
                ? ""
                : "      parameters: [{name: username, in: path, required: true, schema: {type:"
                    + " string, maxLength: 9}}]\n")
            + (words[0].equals("get")
                ? ""
                : "      requestBody: {required: true, content: {application/json: {schema: {type:"
                    + " object, properties: {"
                    + plain
                    + "}}}}}\n")
            + "      responses: {'200': {description: ok}}\n";
    String overlay =
        "overlay: 1.0.0\ninfo: {title: O, version: '1'}\nactions:\n- target: $.paths.*.*\n"
            + "  update: {x-gatewarden-login: "
            + rule
            + "}\n";
    Place.Origin origin = new Place.Origin(URI.create("file:///c/c.yaml"), "c.yaml");
    Place.Origin over = new Place.Origin(URI.create("file:///c/o.overlay.yaml"), "o.overlay.yaml");
    return new ContractReader(
            address ->
                (address.getPath().endsWith("c.yaml") ? text : overlay)
                    .getBytes(StandardCharsets.UTF_8),
            Bounds.DEFAULT)
        .read(
            new ContractFiles("t", origin, rule.isEmpty() ? List.of() : List.of(over), Set.of()),
            _ -> true);
  }
}
