package dev.gatewarden.core.contract;

import dev.gatewarden.core.contract.FlowStep.Holder;
import dev.gatewarden.core.contract.FlowStep.Once;
import dev.gatewarden.core.contract.FlowStep.Whose;
import dev.gatewarden.core.document.Nearest;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.limit.DurationText;
import dev.gatewarden.core.limit.Rate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads `x-gatewarden-flow`: the name of a step, a map that says more of it, or a list of these.
final class FlowReader {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");
  private static final String ADVICE =
      "write `purchase.pay`, or `{step: purchase.pay, after: cart, most: 5/1d}`";
  private static final Duration USUAL = Duration.ofMinutes(30);
  private static final Duration LONGEST = Duration.ofDays(30);
  private static final int MOST_TIES = 8;
  private static final int MOST_DIFFERENT = 10_000;
  private static final int MOST_TIMES = 1_000_000;

  private final Notes notes;

  FlowReader(Notes notes) {
    this.notes = notes;
  }

  /// The steps that a word says; those that are wrong are left out, and a problem says why.
  List<FlowStep> read(Node node) {
    List<Node> each = node instanceof Node.Arr list ? list.items() : List.of(node);
    if (each.isEmpty()) {
      notes.problem(node.place(), "`x-gatewarden-flow` names no step", ADVICE);
    }
    List<FlowStep> steps = new ArrayList<>();
    for (Node one : each) {
      FlowStep step = step(one);
      if (step != null) {
        steps.add(step);
      }
    }
    return steps;
  }

  private @Nullable FlowStep step(Node node) {
    if (node instanceof Node.Text text) {
      Named named = named(text);
      return named == null
          ? null
          : new Words(
                  named, new Fields(new Obj(node.place(), new LinkedHashMap<>()), notes, "step"))
              .step();
    }
    if (!(node instanceof Obj object)) {
      notes.problem(
          node.place(),
          "a step of a flow should be a name or a map, not " + Nodes.kind(node),
          ADVICE);
      return null;
    }
    Fields fields =
        new Fields(
            object,
            notes,
            "step",
            "by",
            "after",
            "within",
            "pace",
            "same",
            "once",
            "most",
            "failed",
            "different",
            "block",
            "step-up");
    if (!fields.has("step")) {
      notes.problem(object.place(), "nothing says which `step` it is", ADVICE);
      return null;
    }
    Node.Text text = fields.text("step");
    Named named = text == null ? null : named(text);
    return named == null ? null : new Words(named, fields).step();
  }

  private record Named(String flow, String name, FlowPreset.@Nullable Step preset) {}

  private @Nullable Named named(Node.Text text) {
    String[] parts = text.value().split("\\.", -1);
    if (parts.length != 2
        || !NAME.matcher(parts[0]).matches()
        || !NAME.matcher(parts[1]).matches()) {
      notes.problem(
          text.place(),
          "`" + Nodes.shown(text.value()) + "` names no step of a flow",
          "write the flow and the step in small letters, `purchase.pay`");
      return null;
    }
    FlowPreset preset = FlowPreset.of(parts[0]);
    if (preset == null) {
      return new Named(parts[0], parts[1], null);
    }
    FlowPreset.Step step = preset.steps().get(parts[1]);
    if (step == null) {
      String near = Nearest.advice(parts[1], preset.steps().keySet());
      notes.problem(
          text.place(),
          "`"
              + parts[0]
              + "` has the steps "
              + String.join(", ", preset.steps().keySet())
              + ", not `"
              + parts[1]
              + "`",
          near.isEmpty() ? "give a flow of your own another name" : near);
      return null;
    }
    return new Named(parts[0], parts[1], step);
  }

  /// The words of one step; what is not said is that of the preset.
  private final class Words {
    private final Named named;
    private final Fields fields;
    private final FlowPreset.@Nullable Step preset;

    Words(Named named, Fields fields) {
      this.named = named;
      this.fields = fields;
      this.preset = named.preset();
    }

    FlowStep step() {
      FlowPreset.Step usual = preset;
      Map<String, Selector> same = same();
      Node stepUp = fields.node("step-up");
      return new FlowStep(
          named.flow(),
          named.name(),
          by(),
          fields.has("after") || usual == null ? after() : usual.after(),
          !fields.has("after") && usual != null,
          time("within", usual == null ? USUAL : usual.within(), Duration.ofSeconds(1)),
          time("pace", usual == null ? Duration.ZERO : usual.pace(), Duration.ZERO),
          same,
          once(same),
          volume(fields.node("most"), "most", usual == null ? Map.of() : usual.most(), MOST_TIMES),
          volume(
              fields.node("failed"),
              "failed",
              usual == null ? Map.of() : usual.failed(),
              MOST_TIMES),
          different(same),
          fields.has("block")
              ? time("block", Duration.ofHours(1), Duration.ofSeconds(1))
              : usual == null ? null : usual.block(),
          stepUp == null ? null : StepUp.read(stepUp, notes),
          fields.place());
    }

    private @Nullable Holder by() {
      Node.Text text = fields.text("by");
      if (text == null) {
        return null;
      }
      String cookie = "cookie.";
      String value = text.value();
      if (value.startsWith(cookie) && value.length() > cookie.length()) {
        return new Holder.Cookie(value.substring(cookie.length()));
      }
      return switch (value) {
        case "caller" -> new Holder.Caller();
        case "source" -> new Holder.Source();
        case "object" -> new Holder.Topic();
        default -> {
          notes.problem(
              text.place(),
              "`by` is `" + Nodes.shown(value) + "`, which tells nobody from others",
              "write `caller`, `source`, `object` or `cookie.sid`");
          yield null;
        }
      };
    }

    private List<String> after() {
      Node node = fields.node("after");
      List<String> all = new ArrayList<>();
      if (node == null) {
        return all;
      }
      for (Node item : node instanceof Node.Arr list ? list.items() : List.of(node)) {
        String name = Nodes.text(item);
        String flow = named.flow() + ".";
        if (name != null && name.startsWith(flow)) {
          name = name.substring(flow.length());
        }
        if (name == null || !NAME.matcher(name).matches() || all.contains(name)) {
          notes.problem(
              item.place(),
              "`after` names steps of `" + named.flow() + "`, each once",
              "write `after: cart`, or `after: [cart, address]`");
        } else {
          all.add(name);
        }
      }
      return all;
    }

    private Map<String, Selector> same() {
      Map<String, Selector> all = new LinkedHashMap<>();
      Obj map = fields.map("same");
      if (map == null) {
        return all;
      }
      for (Node.Member member : map.entries()) {
        Selector selector = tie(member);
        if (selector != null) {
          all.put(member.name(), selector);
        }
      }
      if (map.entries().size() > MOST_TIES) {
        notes.problem(map.place(), "`same` has more than " + MOST_TIES + " names");
      }
      return all;
    }

    private @Nullable Selector tie(Node.Member member) {
      if (!NAME.matcher(member.name()).matches()) {
        notes.problem(
            member.namePlace(),
            "`" + Nodes.shown(member.name()) + "` is no name of what a step is about",
            "names are small letters, digits and `-`");
        return null;
      }
      if (!(member.value() instanceof Node.Text text)) {
        notes.problem(
            member.value().place(),
            "`" + member.name() + "` should be a selector, not " + Nodes.kind(member.value()),
            "write `same: {" + member.name() + ": body#/id}`");
        return null;
      }
      return switch (SelectorReader.read(text.value())) {
        case SelectorReader.Outcome.Wrong(String message, String advice) -> {
          notes.problem(text.place(), message, advice);
          yield null;
        }
        case SelectorReader.Outcome.Read(Selector selector) -> {
          String wrong = unusable(selector);
          if (!wrong.isEmpty()) {
            notes.problem(text.place(), "`" + Nodes.shown(text.value()) + "`: " + wrong);
            yield null;
          }
          yield selector;
        }
      };
    }

    private static String unusable(Selector selector) {
      return switch (selector) {
        case Selector.PathParameter _,
            Selector.QueryParameter _,
            Selector.Header _,
            Selector.Cookie _,
            Selector.ResponseHeader _ ->
            "";
        case Selector.Body(PointerPattern at) -> one(at);
        case Selector.ResponseBody(PointerPattern at) -> one(at);
        case Selector.OfPrincipal _ -> "who calls is what `by` says";
        case Selector.Argument _,
            Selector.Message _,
            Selector.Part _,
            Selector.HostLabel _,
            Selector.Result _ ->
            "a flow reads path, query, header, cookie, body and response only";
      };
    }

    private static String one(PointerPattern at) {
      return at.many() || at.steps().isEmpty() ? "one value is wanted, not several" : "";
    }

    private Once once(Map<String, Selector> same) {
      Node node = fields.node("once");
      if (node == null) {
        return preset == null ? new Once.Not() : preset.once();
      }
      if (node instanceof Node.Bool(var _, boolean value)) {
        return value ? new Once.Run() : new Once.Not();
      }
      String tie = Nodes.text(node);
      if (tie == null || !same.containsKey(tie)) {
        notes.problem(
            node.place(),
            "`once` should be `true`, `false` or a name of `same`",
            tie == null ? "" : Nearest.advice(tie, same.keySet()));
        return new Once.Not();
      }
      return new Once.Each(tie);
    }

    private Map<String, Map<Whose, Rate>> different(Map<String, Selector> same) {
      Map<String, Map<Whose, Rate>> usual = preset == null ? Map.of() : preset.different();
      Map<String, Map<Whose, Rate>> all = new LinkedHashMap<>();
      if (!fields.has("different")) {
        usual.forEach(
            (tie, rates) -> {
              if (same.containsKey(tie)) {
                all.put(tie, rates);
              }
            });
        return all;
      }
      Node node = fields.node("different");
      if (node != null && "none".equals(Nodes.text(node))) {
        return all;
      }
      Obj map = fields.map("different");
      if (map == null) {
        return all;
      }
      for (Node.Member member : map.entries()) {
        if (!same.containsKey(member.name())) {
          notes.problem(
              member.namePlace(),
              "`" + Nodes.shown(member.name()) + "` is not among what the step is about",
              same.isEmpty()
                  ? "say where it stands: `same: {" + Nodes.shown(member.name()) + ": body#/code}`"
                  : Nearest.advice(member.name(), same.keySet()));
        }
        all.put(member.name(), volume(member.value(), "different", Map.of(), MOST_DIFFERENT));
      }
      return all;
    }

    private Map<Whose, Rate> volume(
        @Nullable Node node, String word, Map<Whose, Rate> usual, long most) {
      if (node == null) {
        return usual;
      }
      Map<Whose, Rate> all = new EnumMap<>(Whose.class);
      if (node instanceof Node.Text text) {
        if (text.value().equals("none")) {
          return all;
        }
        rate(text, word, most, Whose.CALLER, all);
        return all;
      }
      if (!(node instanceof Obj map) || map.entries().isEmpty()) {
        notes.problem(
            node.place(),
            "`" + word + "` should be a rate, or a map of rates",
            "write `5/1d`, or `{caller: 5/1d, source: 20/1d}`");
        return all;
      }
      Fields whose = new Fields(map, notes, "caller", "source", "network", "object", "everybody");
      for (Whose each : Whose.values()) {
        Node.Text text = whose.text(Fields.word(each));
        if (text != null) {
          rate(text, word, most, each, all);
        }
      }
      return all;
    }

    private void rate(Node.Text text, String word, long most, Whose whose, Map<Whose, Rate> to) {
      try {
        Rate rate = Rate.parse(text.value());
        if (rate.count() > most || rate.per().compareTo(LONGEST) > 0) {
          notes.problem(
              text.place(), "`" + word + "` counts at most to " + most + ", and at most for `30d`");
        } else {
          to.put(whose, rate);
        }
      } catch (IllegalArgumentException | ArithmeticException wrong) {
        notes.problem(
            text.place(),
            "`" + Nodes.shown(text.value()) + "` is no rate",
            "write how many in how long, `5/1d`");
      }
    }

    private Duration time(String word, Duration usual, Duration least) {
      Node.Text text = fields.text(word);
      if (text == null) {
        return usual;
      }
      try {
        Duration time = DurationText.parse(text.value());
        if (time.compareTo(least) >= 0 && time.compareTo(LONGEST) <= 0) {
          return time;
        }
        notes.problem(
            text.place(),
            "`" + word + "` lies between `" + DurationText.write(least) + "` and `30d`");
      } catch (IllegalArgumentException | ArithmeticException wrong) {
        notes.problem(
            text.place(),
            "`" + word + "` is `" + Nodes.shown(text.value()) + "`, which is no length of time",
            "write it as `30m`");
      }
      return usual;
    }
  }
}
