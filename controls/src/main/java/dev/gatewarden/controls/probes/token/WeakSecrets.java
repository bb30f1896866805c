package dev.gatewarden.controls.probes.token;

import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.Server;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Secrets that tutorials, templates and people in a hurry use, and such as the API's own name
/// suggests. They are tried against a token that is at hand: no request is sent.
final class WeakSecrets {
  /// Written in lower case; each is tried with a capital and in capitals as well.
  private static final String COMMON =
      """
      secret secrets secret1 secret12 secret123 secret1234 secret! secret@123 secretkey secret_key
      secret-key secret.key secretkey1 secretkey123 secret_key_123 secretpassword secrettoken
      secret_token secret-token secretphrase secretword secretjwt secret_jwt secret-jwt thesecret
      the_secret the-secret verysecret very_secret very-secret verysecretkey very-secret-key
      veryverysecret supersecret super_secret super-secret supersecret1 supersecret123
      supersecretkey super_secret_key super-secret-key supersecretpassword supersecrettoken
      supersecretjwt super-secret-jwt topsecret top_secret top-secret topsecretkey top-secret-key
      mysecret my_secret my-secret mysecret1 mysecret123 mysecretkey my_secret_key my-secret-key
      mysecrettoken my-secret-token mysupersecret mysupersecretkey my-super-secret-key
      mysecretpassword yoursecret your_secret your-secret yoursecretkey your_secret_key
      your-secret-key your_jwt_secret your-jwt-secret your_jwt_secret_key your-jwt-secret-key
      yourjwtsecret your-256-bit-secret your-384-bit-secret your-512-bit-secret your_256_bit_secret
      your-secret your-key yourkey your_key your-token-secret your_secret_here your-secret-here
      your_secret_key_here your-secret-key-here insert-secret-here put-your-secret-here
      replace-me replaceme replace_me replace-this change-me change_me changeme changeme123
      changethis change-this change_this changeit change-it changeinproduction
      change-in-production change-me-in-production change_me_in_production
      a-string-secret-at-least-256-bits-long a-string-secret-at-least-512-bits-long-which-is-longer
      jwt jwtsecret jwt_secret jwt-secret jwt.secret jwtsecret1 jwtsecret123 jwtsecretkey
      jwt_secret_key jwt-secret-key jwtkey jwt_key jwt-key jwtprivatekey jwt_private_key
      jwt_token_secret jwttoken jwt_token jwt-token jwtpassword jwt123 jsonwebtoken json_web_token
      token token123 tokensecret token_secret token-secret tokenkey token_key access accesstoken
      access_token access-token access_token_secret accesstokensecret refresh_token_secret
      refreshtokensecret refreshsecret auth auth_secret auth-secret authsecret authkey authtoken
      session sessionsecret session_secret session-secret sessionkey cookie cookiesecret
      cookie_secret keyboardcat keyboard-cat keyboard_cat signature signing signingkey signing_key
      signing-key signingsecret hmac hmackey hmacsecret hmac_secret hs256 hs384 hs512 sha256 key
      key123 thekey mykey my_key my-key apikey api_key api-key apisecret api_secret api-secret
      privatekey private_key private-key private public publickey masterkey master_key master
      password password1 password12 password123 password1234 password! passw0rd p@ssw0rd p@ssword
      passwd pass pass123 pass1234 mypassword yourpassword passphrase pwd default defaultsecret
      default_secret default-secret defaultkey 1234 12345 123456 1234567 12345678 123456789
      1234567890 123123 123321 1111 111111 11111111 000000 00000000 0123456789 121212 654321 666666
      696969 7777777 88888888 987654321 1q2w3e 1q2w3e4r 1q2w3e4r5t 1qaz2wsx qwe123 qwerty qwerty1
      qwerty12 qwerty123 qwertyuiop azerty asdf asdfgh asdfghjkl zxcvbn zxcvbnm abc abc123 abcd
      abcd1234 abcdef abcdefg abcdefgh abcdefghijklmnopqrstuvwxyz a1b2c3 a1b2c3d4 aaaaaa aaaa
      letmein welcome welcome1 welcome123 iloveyou princess sunshine monkey dragon football baseball
      basketball soccer hockey superman batman spiderman pokemon starwars starwars1 master123 shadow
      michael jordan jennifer jessica ashley daniel andrew charlie thomas george robert matthew
      hunter hunter2 ranger buster tigger summer winter autumn spring flower freedom whatever cheese
      chocolate cookie1 banana orange apple pepper ginger silver golden diamond computer internet
      samsung google killer hello hello123 helloworld hello-world hello_world trustno1 lovely love
      loveme angel mustang maverick phoenix matrix ninja azertyuiop access14 access1 donald admin
      admin1 admin12 admin123 admin1234 administrator root root123 toor user user123 guest test test1
      test12 test123 test1234 testing testtest testsecret test_secret test-secret testkey test_key
      test-key tester dev devsecret dev_secret dev-secret devkey development developer local
      localsecret localhost staging production prod prodsecret demo demo123 demosecret demo-secret
      demokey example example_key example-key examplekey examplesecret example_secret example-secret
      sample samplesecret samplekey dummy dummysecret dummy-secret dummykey fake placeholder temp
      temporary todo fixme none null undefined nil empty nothing foo bar foobar foobarbaz baz qux
      something anything random randomstring random_string random-string randomsecret random-secret
      somesecret some_secret some-secret some-secret-key somerandomstring some-random-string
      shhh shhhh shhhhh shhhhhh ssh ssshhh dontshare donttell do-not-share confidential hidden
      insecure unsafe vulnerable weak weaksecret weak_secret weak-secret simple easy magic node
      nodejs node_secret express expressjs express-secret express_jwt passport koa fastify nestjs
      nest hapi react angular vue nextjs next_secret nuxt meteor mean mern mongo mongodb mysql
      postgres postgresql redis flask flask_secret flask-secret-key django django-secret
      django-insecure django_secret_key fastapi python bottle tornado rails ruby sinatra laravel
      symfony lumen php codeigniter spring-boot springboot spring_secret java javainuse bezkoder
      techgeeknext quarkus micronaut dropwizard kotlin scala play dotnet aspnet aspnetcore csharp go
      golang gin echo fiber rust actix rocket hasura supabase firebase graphql apollo prisma strapi
      directus keycloak auth0 okta cognito docker kubernetes app app_secret app-secret appsecret
      appkey app_key application myapp myappsecret my-app-secret server serversecret service backend
      frontend webapp website api myapi rest restapi crapi vampi dvws juice-shop gatewarden
      """;

  private static final List<String> ENDINGS =
      List.of(
          "",
          "1",
          "123",
          "1234",
          "2024",
          "2025",
          "2026",
          "!",
          "secret",
          "_secret",
          "-secret",
          "key",
          "_key",
          "-key",
          "secretkey",
          "_secret_key",
          "-secret-key",
          "jwt",
          "_jwt",
          "-jwt",
          "jwtsecret",
          "_jwt_secret",
          "-jwt-secret",
          "token",
          "_token",
          "-token",
          "password",
          "api",
          "_api",
          "-api",
          "app");

  /// A longer name says nothing that anybody would write as a secret.
  private static final int MOST_WORDS = 12;

  private WeakSecrets() {}

  /// The one that a token was signed with, or null.
  ///
  /// @param names of the API and of its hosts, which are tried as well
  static @Nullable String of(Jwt token, List<String> names) {
    for (String each : COMMON.split("\\s+")) {
      String known = signed(token, each);
      if (known != null) {
        return known;
      }
    }
    Set<String> own = new LinkedHashSet<>();
    names.forEach(each -> words(each, own));
    for (String word : own) {
      for (String ending : ENDINGS) {
        String known = signed(token, word + ending);
        if (known != null) {
          return known;
        }
      }
    }
    return null;
  }

  private static @Nullable String signed(Jwt token, String word) {
    for (String each : new String[] {word, capital(word), word.toUpperCase(Locale.ROOT)}) {
      if (token.signedWith(each)) {
        return each;
      }
    }
    return null;
  }

  private static String capital(String word) {
    return word.isEmpty()
        ? word
        : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  /// What an API is called, and its hosts.
  static List<String> names(Contract contract) {
    List<String> names = new ArrayList<>(List.of(contract.title()));
    for (Server each : contract.servers()) {
      names.add(each.host() == null ? "" : each.host());
    }
    return names;
  }

  private static void words(String name, Set<String> to) {
    String[] parts = name.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+");
    for (String joint : List.of("", "-", "_", ".", " ")) {
      String whole = String.join(joint, parts).strip();
      if (whole.length() > 1 && parts.length <= MOST_WORDS) {
        to.add(whole);
      }
    }
    StringBuilder joined = new StringBuilder();
    for (int i = 0; i < Math.min(parts.length, MOST_WORDS); i++) {
      joined.append(capital(parts[i]));
      if (i > 0) {
        to.add(joined.toString());
      }
      if (parts[i].length() > 1) {
        to.add(parts[i]);
      }
    }
  }
}
