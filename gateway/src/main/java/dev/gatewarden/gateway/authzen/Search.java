package dev.gatewarden.gateway.authzen;

import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.contract.ObjectType.KnownBy;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.policy.Relations;
import dev.gatewarden.gateway.authzen.Understood.Clear;
import dev.gatewarden.gateway.authzen.Understood.Wrong;
import dev.gatewarden.gateway.identity.Base64Url;
import dev.gatewarden.gateway.identity.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a subject may do to an object, and to which objects that the gate has learned it may do
/// something (AuthZEN 1.0, section 8). Every result is one that an evaluation permits.
///
/// Of objects that the gate never learned nobody here knows; where a type is also known by other
/// sources, the answer says that it is not the whole. Subjects are not listed: the gate knows
/// callers by their proofs and keeps no list of them.
final class Search {
  private static final int MOST_LOOKED = 1_000;
  private static final int AT_ONCE = 200;

  private final Answers answers;

  Search(Answers answers) {
    this.answers = answers;
  }

  /// Where a page begins, and how many results it may have.
  ///
  /// @param question a digest of what is asked, to which tokens belong
  private record Page(String from, int most, String question) {}

  private Map<String, Object> next(Page page, String from, int count) {
    Map<String, Object> next = new LinkedHashMap<>();
    next.put("next_token", answers.pages().of(from, page.question()));
    next.put("count", count);
    return next;
  }

  /// The operations that a subject may use on an object.
  Understood<Map<String, Object>> actions(Map<String, Object> call) {
    if (!(Words.read(call, Map.of(), Words.Open.ACTION) instanceof Clear<Words>(Words words))) {
      return ((Wrong<Words>) Words.read(call, Map.of(), Words.Open.ACTION)).of();
    }
    return switch (page(call)) {
      case Wrong<Page> wrong -> wrong.of();
      case Clear<Page>(Page page) ->
          switch (answers.matters().api(words)) {
            case Wrong<AskedApi> wrong -> wrong.of();
            case Clear<AskedApi>(AskedApi api) -> actions(words, api, page);
          };
    };
  }

  private Understood<Map<String, Object>> actions(Words words, AskedApi api, Page page) {
    if (answers.callers().read(words.subject(), api) instanceof Wrong<Caller> wrong) {
      return wrong.of();
    }
    List<Operation> operations = api.contract().operations();
    List<Object> results = new ArrayList<>();
    int at = number(page.from());
    int begun = at;
    while (at < operations.size()
        && at - begun < answers.settings().evaluations()
        && results.size() < page.most()
        && !answers.late()) {
      Operation operation = operations.get(at++);
      if (answers.matters().about(words, api, operation) instanceof Clear<Matter>(Matter matter)
          && answers.ruling(words, matter).permits()) {
        results.add(Map.of("name", operation.id().name()));
      }
    }
    String next = at < operations.size() ? String.valueOf(at) : "";
    return Understood.clear(told(next(page, next, results.size()), Map.of(), results));
  }

  /// The objects of a type that a subject may do something to, as far as the gate has learned of
  /// them.
  Understood<Map<String, Object>> resources(Map<String, Object> call) {
    if (!(Words.read(call, Map.of(), Words.Open.RESOURCE) instanceof Clear<Words>(Words words))) {
      return ((Wrong<Words>) Words.read(call, Map.of(), Words.Open.RESOURCE)).of();
    }
    return switch (page(call)) {
      case Wrong<Page> wrong -> wrong.of();
      case Clear<Page>(Page page) ->
          switch (answers.matters().api(words)) {
            case Wrong<AskedApi> wrong -> wrong.of();
            case Clear<AskedApi>(AskedApi api) -> resources(words, api, page);
          };
    };
  }

  private Understood<Map<String, Object>> resources(Words words, AskedApi api, Page page) {
    ObjectType type = api.contract().types().get(words.resource().type());
    if (type == null) {
      return Understood.wrong("an API is not listed: name a type of its objects");
    }
    if (!type.knownBy().contains(KnownBy.RELATION)) {
      return Understood.wrong(
          "objects of `"
              + type.name()
              + "` cannot be listed: the gate learns none of them"
              + " (`known-by` has no `relation`)");
    }
    if (answers.callers().read(words.subject(), api) instanceof Wrong<Caller> wrong) {
      return wrong.of();
    }
    if (MatterReader.operation(words, api) instanceof Wrong<Operation> wrong) {
      return wrong.of();
    }
    List<Object> results = new ArrayList<>();
    String from = page.from();
    int looked = 0;
    int judged = 0;
    boolean more = true;
    int most = Math.min(page.most(), AT_ONCE);
    Relations relations = api.settings().ports().relations();
    while (more && looked < MOST_LOOKED && results.isEmpty() && !answers.late()) {
      Relations.Page some;
      try {
        // No more than fit, for what a page of relations holds is asked about as a whole.
        some = relations.page(from, most);
      } catch (IllegalArgumentException unknown) {
        return Understood.wrong("`page.token` is none that was given");
      }
      for (Relations.Known known : some.known()) {
        looked++;
        if (known.key().api().equals(api.name()) && known.key().type().equals(type.name())) {
          judged++;
          Understood<Boolean> permitted = permitted(words, known.key().id());
          if (permitted instanceof Wrong<Boolean> wrong) {
            return wrong.of();
          }
          if (((Clear<Boolean>) permitted).value()) {
            results.add(Ruling.ordered("type", type.name(), "id", known.key().id()));
          }
        }
      }
      from = some.next();
      more = !from.isEmpty();
      if (judged >= answers.settings().evaluations()) {
        break;
      }
    }
    boolean whole =
        type.unknown() == ObjectType.Unknown.DENY
            || type.knownBy().equals(List.of(KnownBy.RELATION));
    return Understood.clear(
        told(next(page, from, results.size()), Map.of("complete", whole), results));
  }

  private Understood<Boolean> permitted(Words words, String id) {
    Words one =
        new Words(
            words.subject(),
            words.action(),
            words.actionProperties(),
            new Words.Entity(words.resource().type(), id, words.resource().properties()),
            words.context());
    return switch (answers.matters().read(one)) {
      case Wrong<Matter> wrong -> wrong.of();
      case Clear<Matter>(Matter matter) -> {
        Ruling ruling = answers.ruling(one, matter);
        yield ruling.misunderstood()
            ? Understood.wrong(ruling.reason())
            : Understood.clear(ruling.permits());
      }
    };
  }

  private Map<String, Object> told(
      Map<String, Object> page, Map<String, Object> more, List<Object> results) {
    Map<String, Object> context = new TreeMap<>(more);
    context.put("revision", answers.revision());
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("page", page);
    all.put("context", context);
    all.put("results", results);
    return all;
  }

  /// The page that is asked for; a token of another question is none (section 8.2).
  private Understood<Page> page(Map<String, Object> call) {
    int most = answers.settings().evaluations();
    Object said = call.get("page");
    if (said != null && !(said instanceof Map<?, ?>)) {
      return Understood.wrong("`page` is not an object");
    }
    Map<?, ?> page = said instanceof Map<?, ?> map ? map : Map.of();
    Object limit = page.get("limit");
    if (limit != null && !(limit instanceof Long number && number > 0)) {
      return Understood.wrong("`page.limit` is not a number above 0");
    }
    String question = mark(call);
    Object token = page.get("token");
    String from = "";
    if (token != null && !token.equals("")) {
      String place = token instanceof String text ? answers.pages().place(text, question) : null;
      if (place == null) {
        return Understood.wrong("`page.token` belongs to another question");
      }
      from = place;
    }
    int asked = limit instanceof Long number ? (int) Math.min(number, most) : most;
    return Understood.clear(new Page(from, asked, question));
  }

  /// A digest of everything but the page and the tokens of subjects, which may be renewed
  /// meanwhile.
  private static String mark(Map<String, Object> call) {
    Map<String, Object> plain = new TreeMap<>(call);
    plain.remove("page");
    if (plain.get("subject") instanceof Map<?, ?> subject) {
      Map<String, Object> without = new TreeMap<>(Words.members(subject));
      if (without.get("properties") instanceof Map<?, ?> properties) {
        Map<String, Object> left = new TreeMap<>(Words.members(properties));
        left.remove("token");
        without.put("properties", left);
      }
      plain.put("subject", without);
    }
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(JsonWriter.write(plain).getBytes(StandardCharsets.UTF_8));
      return Base64Url.encode(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new dev.gatewarden.core.GatewardenBug("this Java has no SHA-256", impossible);
    }
  }

  private static int number(String text) {
    try {
      return text.isEmpty() ? 0 : Math.max(0, Integer.parseInt(text));
    } catch (NumberFormatException none) {
      return Integer.MAX_VALUE;
    }
  }
}
