package dev.gatewarden.controls.guards.access;

import dev.gatewarden.controls.guards.Setting;
import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.contract.PointerPattern;
import dev.gatewarden.core.contract.QueryWords;
import dev.gatewarden.core.contract.QueryWords.Use;
import dev.gatewarden.core.contract.Selector;
import dev.gatewarden.core.decision.Edit;
import dev.gatewarden.core.exchange.Query;
import dev.gatewarden.core.exchange.Reading.Mark;
import dev.gatewarden.core.exchange.Reading.Meaning;
import dev.gatewarden.core.exchange.Reading.Role;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What an answer must say of its objects so that they can be judged, whatever fields the caller
/// chose: the gate asks for it, and takes it out again.
///
/// Without it the caller would choose what the check reads.
final class ForcedSelection {
  private final Operation operation;
  private final QueryWords words;
  private final List<Fact> facts;
  private final Set<String> lists;
  private final boolean chosen;

  private ForcedSelection(Operation operation, QueryWords words, List<Fact> facts) {
    this.operation = operation;
    this.words = words;
    this.facts = facts;
    this.lists = new HashSet<>();
    for (Parameter each : operation.parameters()) {
      if (each.in() == Parameter.In.QUERY && isList(each)) {
        lists.add(each.name());
      }
    }
    this.chosen = words.uses().containsValue(Use.FIELDS) || words.uses().containsValue(Use.OMIT);
  }

  /// A fact that the answer states.
  ///
  /// @param binding the number of the binding that reads it
  /// @param parent the type of the parent whose id it is, or empty
  /// @param name as a query names it
  /// @param list where the items stand that have it, as a query names it; empty for a whole answer
  /// @param type of whose objects it is one
  /// @param encodedName the name as it stands in a query
  /// @param encodedList the list's name as it stands in a query
  record Fact(
      int binding,
      Role role,
      String parent,
      String name,
      String list,
      String type,
      String encodedName,
      String encodedList) {}

  static ForcedSelection of(Setting setting) {
    Operation operation = setting.operation();
    QueryWords words = QueryWords.of(operation);
    List<Fact> facts = new ArrayList<>();
    List<ObjectBinding> bindings = operation.objects().list();
    for (int i = 0; i < bindings.size(); i++) {
      boolean inside =
          bindings.get(i).does() == ObjectBinding.Does.READ && bindings.get(i).items() != null;
      if (!inside && ObjectReleaseGuard.tells(bindings.get(i), operation.safe())) {
        facts(i, bindings.get(i), facts);
      }
    }
    return new ForcedSelection(operation, words, List.copyOf(facts));
  }

  private static void facts(int number, ObjectBinding binding, List<Fact> facts) {
    ObjectType type = binding.type();
    String list =
        binding.items() instanceof Selector.ResponseBody(PointerPattern at) ? named(at) : "";
    if (binding.id() != null && !binding.id().afterwards()) {
      fact(number, Role.ID, "", type.id().at(), list, type, facts);
    }
    PointerPattern owner = type.owner() == null ? null : type.owner().at();
    if (owner != null) {
      fact(number, Role.OWNER, "", owner, list, type, facts);
    }
    PointerPattern tenant = type.tenant() == null ? null : type.tenant().at();
    if (tenant != null) {
      fact(number, Role.TENANT, "", tenant, list, type, facts);
    }
    for (String parent : binding.within().keySet()) {
      PointerPattern at = type.parents().get(parent);
      if (at != null) {
        fact(number, Role.PARENT, parent, at, list, type, facts);
      }
    }
  }

  private static void fact(
      int number,
      Role role,
      String parent,
      PointerPattern at,
      String list,
      ObjectType type,
      List<Fact> facts) {
    String name = named(at);
    if (!name.isEmpty() && !at.many()) {
      facts.add(
          new Fact(number, role, parent, name, list, type.name(), encoded(name), encoded(list)));
    }
  }

  /// `/attributes/total` is called `total`, and `/relationships/owner/data/id` is `owner`, as
  /// JSON:API has it.
  private static String named(PointerPattern at) {
    StringBuilder name = new StringBuilder();
    boolean related = false;
    for (int i = 0; i < at.steps().size(); i++) {
      if (!(at.steps().get(i) instanceof PointerPattern.Name(String step))) {
        continue;
      }
      boolean resource = i == 0 && at.steps().size() > 1;
      if (resource && (step.equals("attributes") || step.equals("relationships"))) {
        related = step.equals("relationships");
        continue;
      }
      name.append(name.isEmpty() ? "" : ".").append(step);
      if (related) {
        break;
      }
    }
    return name.toString();
  }

  /// Whether no request can ever leave anything out.
  boolean isEmpty() {
    return facts.isEmpty() || !chosen;
  }

  /// What is judged by, to be left out by nobody.
  List<Fact> facts() {
    return facts;
  }

  /// Those facts that the caller did not ask for; none where no fields are chosen.
  List<Fact> missing(Query query) {
    List<QueryNames.Name> asked = asked(query);
    if (asked.isEmpty()) {
      return List.of();
    }
    List<Fact> missing = List.of();
    for (int i = 0; i < facts.size(); i++) {
      Fact fact = facts.get(i);
      if (!isAsked(fact, asked)) {
        missing = missing.isEmpty() ? new ArrayList<>(facts.size()) : missing;
        missing.add(fact);
      }
    }
    return missing;
  }

  private static boolean isAsked(Fact fact, List<QueryNames.Name> asked) {
    for (QueryNames.Name name : asked) {
      boolean chosen =
          switch (name.kind()) {
            case EVERYTHING ->
                name.text().isEmpty()
                    || name.text().equals(fact.list())
                    || covers(name.text(), fact.name());
            case NAMED ->
                covers(name.text(), fact.name())
                    || (!fact.list().isEmpty()
                        && covers(name.text(), fact.list() + "." + fact.name())
                        && !below(name.text(), fact.list(), asked));
            case OMITTED, PERHAPS -> false;
          };
      if (chosen) {
        return true;
      }
    }
    return false;
  }

  /// Whether that name only opens a list whose members are named one by one.
  private static boolean below(String name, String list, List<QueryNames.Name> asked) {
    return name.equals(list)
        && asked.stream().anyMatch(other -> other.text().startsWith(list + "."));
  }

  static boolean covers(String chosen, String name) {
    return name.equals(chosen)
        || (name.startsWith(chosen)
            && name.length() > chosen.length()
            && name.charAt(chosen.length()) == '.');
  }

  /// What is chosen by all parameters that choose; only what is chosen, not what is left out.
  private List<QueryNames.Name> asked(Query query) {
    List<QueryNames.Name> asked = List.of();
    for (int i = 0; i < query.pairs().size(); i++) {
      Query.Pair pair = query.pairs().get(i);
      if (use(words, pair.name()) != Use.FIELDS || pair.value().isBlank()) {
        continue;
      }
      List<QueryNames.Name> names = chosen(pair);
      for (QueryNames.Name name : names == null ? List.<QueryNames.Name>of() : names) {
        if (name.kind() != QueryNames.Kind.OMITTED) {
          asked = asked.isEmpty() ? new ArrayList<>() : asked;
          asked.add(name);
        }
      }
    }
    return asked;
  }

  /// What a pair chooses; `fields[total]=1` chooses by its own name, and `fields[total]=0` leaves
  /// out. Null where it has no reading.
  static @Nullable List<QueryNames.Name> chosen(Query.Pair pair) {
    int bracket = pair.name().indexOf('[');
    String value = pair.value().strip().toLowerCase(Locale.ROOT);
    boolean yes = value.equals("1") || value.equals("true");
    boolean no = value.equals("0") || value.equals("false");
    if (bracket > 0 && (yes || no)) {
      QueryNames.Kind kind = yes ? QueryNames.Kind.NAMED : QueryNames.Kind.OMITTED;
      String name = QueryNames.canonical(pair.name().substring(bracket));
      return List.of(new QueryNames.Name(name, kind));
    }
    return QueryNames.fields(pair.value());
  }

  /// What the parameter of that name is for; `sort[total]` and `fields[]` belong to `sort` and
  /// `fields`.
  static @Nullable Use use(QueryWords words, String name) {
    Use use = words.uses().get(name);
    int bracket = use == null ? name.indexOf('[') : -1;
    return bracket > 0 ? words.uses().get(name.substring(0, bracket)) : use;
  }

  /// The change that asks for what is missing; null where it cannot be asked for.
  ///
  /// @param missing never empty
  Edit.@Nullable SetQuery asking(Query query, List<Fact> missing) {
    String name = place(query, missing.getFirst());
    if (name == null) {
      return null;
    }
    List<String> values = new ArrayList<>();
    String[] raw = query.raw();
    for (int i = 0; i < raw.length; i++) {
      if (query.pairs().get(i).name().equals(name)) {
        values.add(raw[i]);
      }
    }
    Parameter parameter = parameter(name);
    List<String> more = spelled(query, missing);
    if (values.size() > 1 || name.endsWith("[]")) {
      values.addAll(more);
    } else {
      Parameter.Style style = parameter == null ? Parameter.Style.FORM : parameter.style();
      String between =
          switch (style) {
            case SPACE_DELIMITED -> "%20";
            case PIPE_DELIMITED -> "%7C";
            case SIMPLE, LABEL, MATRIX, FORM, DEEP_OBJECT, COOKIE -> ",";
          };
      boolean apart =
          parameter != null
              && parameter.explode()
              && lists.contains(parameter.name())
              && !raw(values).contains(",");
      if (apart) {
        values.addAll(more);
      } else {
        values.set(0, values.getFirst() + between + String.join(between, more));
      }
    }
    return new Edit.SetQuery(name, values);
  }

  private static String raw(List<String> values) {
    return values.getFirst();
  }

  private static boolean isList(Parameter parameter) {
    return NamedProperties.expanded(
            List.of(parameter.schema().schema()), parameter.schema().references())
        .stream()
        .anyMatch(each -> each.get("items") != null);
  }

  private @Nullable Parameter parameter(String name) {
    int bracket = name.indexOf('[');
    Parameter exactly = operation.parameter(Parameter.In.QUERY, name);
    return exactly != null || bracket < 0
        ? exactly
        : operation.parameter(Parameter.In.QUERY, name.substring(0, bracket));
  }

  /// The parameter to write to; of `fields[orders]` and `fields[customers]` the one that is called
  /// like the type.
  private @Nullable String place(Query query, Fact fact) {
    String first = null;
    for (Query.Pair pair : query.pairs()) {
      if (use(words, pair.name()) != Use.FIELDS || pair.value().isBlank()) {
        continue;
      }
      int bracket = pair.name().indexOf('[');
      String inside = bracket < 0 ? "" : NamedProperties.loose(pair.name().substring(bracket));
      if (!inside.isEmpty() && inside.startsWith(NamedProperties.loose(fact.type()))) {
        return pair.name();
      }
      first = first == null ? pair.name() : first;
    }
    return first;
  }

  private List<String> spelled(Query query, List<Fact> missing) {
    List<QueryNames.Name> asked = asked(query);
    List<String> spelled = new ArrayList<>(missing.size());
    for (Fact fact : missing) {
      boolean nested =
          !fact.list().isEmpty()
              && asked.stream().anyMatch(each -> covers(fact.list(), each.text()));
      String text =
          nested ? fact.encodedList() + "(" + fact.encodedName() + ")" : fact.encodedName();
      if (!spelled.contains(text)) {
        spelled.add(text);
      }
    }
    return spelled;
  }

  /// Percent-encodes everything that is not unreserved (RFC 3986, section 2.3).
  static String encoded(String text) {
    StringBuilder out = new StringBuilder(text.length() + 8);
    for (byte b : text.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '-'
              || c == '.'
              || c == '_'
              || c == '~';
      if (plain) {
        out.append(c);
      } else {
        out.append('%')
            .append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
            .append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
      }
    }
    return out.toString();
  }

  /// The words of the operation.
  QueryWords words() {
    return words;
  }

  /// Whether a marked value is one of what is missing.
  static boolean holds(List<Fact> missing, Mark mark) {
    if (missing.isEmpty()
        || !(mark.meaning() instanceof Meaning.Part(int binding, Role role, String parent))) {
      return false;
    }
    for (int i = 0; i < missing.size(); i++) {
      Fact fact = missing.get(i);
      if (fact.binding() == binding
          && fact.role() == role
          && (role != Role.PARENT || fact.parent().equals(parent))) {
        return true;
      }
    }
    return false;
  }
}
