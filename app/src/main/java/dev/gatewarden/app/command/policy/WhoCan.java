package dev.gatewarden.app.command.policy;

import dev.gatewarden.app.command.Terminal;
import dev.gatewarden.core.contract.ContractSummary;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.policy.model.ApiModel;
import dev.gatewarden.core.policy.model.Assumption;
import dev.gatewarden.core.policy.model.Caller;
import dev.gatewarden.core.policy.model.OperationModel;
import dev.gatewarden.core.policy.model.Reach;
import dev.gatewarden.core.policy.model.Reaching;
import dev.gatewarden.core.policy.model.Source;
import dev.gatewarden.core.policy.model.Use;
import dev.gatewarden.core.policy.model.Whose;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Who can use one operation, and to whose objects that leads.
public final class WhoCan {
  private final ApiModel api;
  private final OperationModel model;
  private final List<Reaching> reaching;

  public WhoCan(ApiModel api, OperationModel model) {
    this.api = api;
    this.model = model;
    this.reaching = ApiModel.reaching(model);
  }

  /// Whether anybody can.
  public boolean anybody() {
    return !reaching.isEmpty();
  }

  /// For people.
  public String text(Terminal terminal) {
    Operation operation = model.operation();
    StringBuilder text = new StringBuilder();
    text.append(terminal.strong(operation.id().toString()))
        .append("  ")
        .append(operation.method())
        .append(' ')
        .append(operation.path())
        .append("  ")
        .append(terminal.faint(operation.place().toString()))
        .append('\n');
    text.append("  ").append(asked(model)).append('\n');
    if (reaching.isEmpty()) {
      text.append("  ").append(terminal.bad("nobody")).append('\n');
    }
    for (Reaching each : reaching) {
      each.least().forEach(caller -> text.append("  ").append(caller.text()).append('\n'));
      each.reach()
          .text(model.uses())
          .forEach(line -> text.append("      ").append(line).append('\n'));
    }
    known(text);
    List<Assumption> assumed = assumed();
    if (!assumed.isEmpty()) {
      text.append("  assumed, not proved\n");
      assumed.forEach(each -> text.append("      ").append(each.sentence()).append('\n'));
    }
    return text.toString();
  }

  private List<Assumption> assumed() {
    List<Assumption> all = new ArrayList<>(api.assumed(model));
    all.addAll(api.further());
    return all;
  }

  private void known(StringBuilder text) {
    for (Use use : model.uses()) {
      Set<String> words = new TreeSet<>();
      use.sources().forEach(each -> words.add(each.word()));
      if (!use.sources().equals(Set.of(Source.NEEDLESS))) {
        text.append("  ")
            .append(use.text())
            .append(": whose it is, is known by ")
            .append(String.join(", ", words))
            .append('\n');
      }
    }
  }

  /// What an operation asks of callers, in a few words.
  static String asked(OperationModel model) {
    if (!model.operation().security().stated()) {
      return "the contract says nothing of callers";
    }
    String security = "asks for " + ContractSummary.security(model.operation().security());
    boolean either =
        model.rule().ways().stream()
            .flatMap(way -> way.needs().stream())
            .anyMatch(need -> need.eitherWay() && !need.names().isEmpty());
    security = either ? security + " as scope or role" : security;
    List<String> roles = model.rule().roles();
    return roles.isEmpty() ? security : security + ", and the role " + String.join(" or ", roles);
  }

  /// For machines.
  public Map<String, Object> json() {
    Map<String, Object> tree = about(model.operation());
    tree.put("callers", callers(model, reaching));
    List<Object> uses = new ArrayList<>();
    for (Use use : model.uses()) {
      Map<String, Object> each = new LinkedHashMap<>();
      each.put("does", use.text());
      each.put("type", use.type().name());
      each.put("part", use.part().name().toLowerCase(Locale.ROOT));
      each.put("knownBy", words(use));
      uses.add(each);
    }
    tree.put("objects", uses);
    tree.put("assumed", assumed().stream().map(Assumption::sentence).toList());
    return tree;
  }

  static List<Object> callers(OperationModel model, List<Reaching> reaching) {
    List<Object> callers = new ArrayList<>();
    for (Reaching each : reaching) {
      for (Caller caller : each.least()) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("schemes", List.copyOf(new TreeSet<>(caller.schemes())));
        one.put("scopes", List.copyOf(new TreeSet<>(caller.scopes())));
        one.put("roles", List.copyOf(new TreeSet<>(caller.roles())));
        one.put("crossing", List.copyOf(new TreeSet<>(caller.crossing())));
        one.put("reaches", reached(model, each.reach()));
        callers.add(one);
      }
    }
    return callers;
  }

  static List<Object> reached(OperationModel model, Reach reach) {
    List<Object> all = new ArrayList<>();
    for (int i = 0; i < reach.objects().size(); i++) {
      Use use = model.uses().get(i);
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("does", use.text());
      one.put("whose", reach.objects().get(i).stream().map(Whose::word).toList());
      all.add(one);
    }
    return all;
  }

  static Map<String, Object> about(Operation operation) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("operation", operation.id().toString());
    tree.put("method", operation.method());
    tree.put("path", operation.path().text());
    tree.put("at", operation.place().toString());
    return tree;
  }

  private static List<Object> words(Use use) {
    Set<String> words = new TreeSet<>();
    use.sources().forEach(each -> words.add(each.word()));
    return List.copyOf(words);
  }
}
