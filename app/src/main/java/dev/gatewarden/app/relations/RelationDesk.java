package dev.gatewarden.app.relations;

import dev.gatewarden.app.admin.Action;
import dev.gatewarden.app.text.Json;
import dev.gatewarden.core.decision.OutOfReach;
import dev.gatewarden.core.policy.Relations;
import dev.gatewarden.core.policy.Relations.Key;
import dev.gatewarden.core.policy.Relations.Known;
import dev.gatewarden.core.policy.Relations.Page;
import dev.gatewarden.core.policy.Relations.Relation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What operators may do to relations: import and export them, look at one, forget it, give it to
/// another owner.
public final class RelationDesk implements Action {
  private static final int PAGE = 500;
  private static final int TRIES = 8;
  private static final int LONGEST_NAME = 200;
  private static final Set<String> KNOWN =
      Set.of("do", "lines", "from", "api", "type", "id", "owner", "to", "tenant", "issuer");

  private final Relations relations;
  private final Rules rules;

  public RelationDesk(Relations relations, Rules rules) {
    this.relations = relations;
    this.rules = rules;
  }

  @Override
  public String path() {
    return "/relations";
  }

  @Override
  public String told() {
    return Json.text(Map.of("known", relations.size(), "ready", relations.ready()));
  }

  @Override
  public Done act(Map<String, String> fields) throws IOException {
    for (String name : fields.keySet()) {
      require(KNOWN.contains(name), "`" + name + "` is no field here");
    }
    try {
      return switch (fields.getOrDefault("do", "")) {
        case "import" -> imported(fields.getOrDefault("lines", ""));
        case "page" -> page(fields.getOrDefault("from", ""));
        case "show" -> shown(key(fields));
        case "forget" -> forgotten(key(fields));
        case "transfer" -> transferred(key(fields), fields);
        case "adopt" -> adopted(fields);
        default ->
            throw new IllegalArgumentException(
                "`do` is one of `import`, `page`, `show`, `forget`, `transfer`, `adopt`");
      };
    } catch (OutOfReach away) {
      throw new IOException(
          relations.ready()
              ? "the relations cannot be reached at the moment"
              : "there is no room for more relations, or they cannot be reached",
          away);
    }
  }

  private Key key(Map<String, String> fields) {
    return rules.key(
        fields.get("api"), fields.getOrDefault("type", ""), fields.getOrDefault("id", ""));
  }

  /// Learns what is new. What is known with another relation stays as it is, and is told.
  private Done imported(String lines) {
    List<Line> good = new ArrayList<>();
    List<Map<String, Object>> refused = new ArrayList<>();
    int number = 0;
    for (String text : lines.split("\n", -1)) {
      number++;
      if (!text.isBlank()) {
        read(number, text, good, refused);
      }
    }
    List<Known> told = good.stream().map(Line::known).toList();
    long before = relations.size();
    boolean[] learned = relations.learnAll(told);
    int taken = 0;
    for (int i = 0; i < learned.length; i++) {
      if (learned[i]) {
        taken++;
      } else {
        Key key = told.get(i).key();
        refused.add(
            refusal(
                good.get(i).number(),
                "`"
                    + key.type()
                    + "` `"
                    + key.id()
                    + "` is known with another owner, tenant or parent, which stays; change it"
                    + " with `relations transfer`"));
      }
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("taken", taken);
    answer.put("refused", refused);
    return new Done(
        "import-relations",
        taken + " of " + (good.size() + refused.size()) + " beside " + before,
        Json.text(answer));
  }

  private void read(int number, String text, List<Line> good, List<Map<String, Object>> refused) {
    int line = number;
    try {
      Line read = Line.json(number, text);
      line = read.number();
      good.add(new Line(line, rules.checked(read.known())));
    } catch (IllegalArgumentException wrong) {
      refused.add(refusal(line, String.valueOf(wrong.getMessage())));
    }
  }

  private static Map<String, Object> refusal(int line, String why) {
    Map<String, Object> refusal = new LinkedHashMap<>();
    refusal.put("line", line);
    refusal.put("why", why);
    return refusal;
  }

  private Done page(String from) {
    Page page = relations.page(from, PAGE);
    Map<String, Object> answer = new LinkedHashMap<>();
    List<String> lines = new ArrayList<>();
    page.known().forEach(each -> lines.add(new Line(0, each).json(false)));
    answer.put("lines", lines);
    answer.put("next", page.next());
    return new Done("export-relations", Integer.toString(lines.size()), Json.text(answer));
  }

  private Done shown(Key key) {
    Map<String, Object> answer = new LinkedHashMap<>();
    Optional<Relation> known = relations.find(key);
    answer.put("known", known.isPresent());
    known.ifPresent(
        relation -> {
          answer.put("line", new Line(0, new Known(key, relation)).json(false));
          answer.put(
              "above",
              relations
                  .ancestors(key)
                  .map(all -> all.stream().map(RelationDesk::name).toList())
                  .orElse(List.of()));
        });
    return new Done("show-relation", name(key), Json.text(answer));
  }

  private Done forgotten(Key key) {
    boolean known = relations.find(key).isPresent();
    relations.forget(key);
    return new Done("forget-relation", name(key), Json.text(Map.of("known", known)));
  }

  private Done transferred(Key key, Map<String, String> fields) {
    String owner = fields.getOrDefault("to", "");
    require(!owner.isEmpty(), "say to whom: `to`");
    for (int i = 0; i < TRIES; i++) {
      Relation before =
          relations
              .find(key)
              .orElseThrow(() -> new IllegalArgumentException("`" + name(key) + "` is not known"));
      require(
          !fields.containsKey("owner") || fields.get("owner").equals(before.owner()),
          "`" + name(key) + "` does not belong to `" + fields.get("owner") + "`");
      Relation after =
          new Relation(
              owner,
              fields.getOrDefault("tenant", before.tenant()),
              before.parents(),
              fields.getOrDefault("issuer", before.issuer()));
      Known checked = rules.checked(new Known(key, after));
      if (after.equals(before) || relations.replace(key, before, checked.relation())) {
        return new Done(
            "transfer-relation",
            name(key),
            Json.text(Map.of("line", new Line(0, checked).json(false))));
      }
    }
    throw new IllegalArgumentException("`" + name(key) + "` is being changed by somebody else");
  }

  /// Gives owners that were learned without one their issuer, a page at a time.
  private Done adopted(Map<String, String> fields) {
    String issuer = fields.getOrDefault("issuer", "");
    require(!issuer.isEmpty(), "say who names them: `issuer`");
    String api = rules.divided(fields.get("api"));
    Page page = relations.page(fields.getOrDefault("from", ""), PAGE);
    int adopted = 0;
    for (Known each : page.known()) {
      Relation before = each.relation();
      if (each.key().api().equals(api) && before.owner() != null && before.issuer() == null) {
        String named = rules.issuer(api, before.by(issuer));
        boolean told = named != null && relations.replace(each.key(), before, before.by(named));
        adopted += told ? 1 : 0;
      }
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("adopted", adopted);
    answer.put("next", page.next());
    return new Done("adopt-relations", adopted + " for " + issuer, Json.text(answer));
  }

  /// As lines and messages name it: ids may hold anything, and those are one line.
  private static String name(Key key) {
    StringBuilder name = new StringBuilder(key.api() + "/" + key.type() + "/");
    for (int i = 0; i < Math.min(key.id().length(), LONGEST_NAME); i++) {
      char c = key.id().charAt(i);
      name.append(Character.isISOControl(c) || c == '\u2028' || c == '\u2029' ? '?' : c);
    }
    return name.toString();
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
