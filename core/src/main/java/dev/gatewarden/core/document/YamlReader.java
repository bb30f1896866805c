package dev.gatewarden.core.document;

import dev.gatewarden.core.document.Place.Origin;
import dev.gatewarden.core.document.Place.Path;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// One reading of a YAML 1.2 text with the core schema, one document, names as texts.
final class YamlReader {
  private static final int MOST_PROBLEMS = 100;
  private static final String TAGS = "tag:yaml.org,2002:";

  /// What the tokenizer reads at once; it copies what it has of a word with each further reading.
  private static final int LEAST_BUFFER = 1 << 10;

  private static final int MOST_BUFFER = 1 << 20;

  /// A finished value under an anchor, and how many values it holds.
  private record Anchored(Node node, int nodes) {}

  private final Origin origin;
  private final byte[] bytes;
  private final Bounds bounds;
  private final List<Problem> problems = new ArrayList<>();
  private final Map<String, Anchored> anchors = new HashMap<>();
  private final Map<String, String> names = new HashMap<>();
  private Iterator<Event> events = List.<Event>of().iterator();
  private int nodes;

  YamlReader(Origin origin, byte[] bytes, Bounds bounds) {
    this.origin = origin;
    this.bytes = bytes;
    this.bounds = bounds;
  }

  Node read() {
    Node root;
    try {
      root = document();
    } catch (ReaderException wrong) {
      throw fault(characterAt(wrong.getPosition()), "this character may not stand in a YAML text");
    } catch (MarkedYamlEngineException wrong) {
      throw fault(place(wrong.getProblemMark().or(wrong::getContextMark), Path.ROOT), said(wrong));
    } catch (YamlEngineException wrong) {
      throw fault(new Place(origin, 1, 1, Path.ROOT), sentence(String.valueOf(wrong.getMessage())));
    }
    if (!problems.isEmpty()) {
      throw new ProblemsException(problems);
    }
    return root;
  }

  private Node document() {
    LoadSettings settings =
        LoadSettings.builder()
            .setUseMarks(true)
            .setParseComments(false)
            .setCodePointLimit(bounds.bytes())
            .setBufferSize(Math.clamp(bytes.length, LEAST_BUFFER, MOST_BUFFER))
            .build();
    events = new Parse(settings).parseString(decoded()).iterator();
    Node root = null;
    while (events.hasNext()) {
      Event event = events.next();
      switch (event.getEventId()) {
        case DocumentStart -> {
          if (root != null) {
            throw fault(
                place(event.getStartMark(), Path.ROOT),
                "a second document begins here; one is read");
          }
          version((DocumentStartEvent) event);
        }
        case Scalar, SequenceStart, MappingStart, Alias -> root = node(event, Path.ROOT, 1);
        case StreamStart, StreamEnd, DocumentEnd, Comment -> {}
        case SequenceEnd, MappingEnd ->
            throw fault(
                place(event.getStartMark(), Path.ROOT), "something ends that did not begin");
      }
    }
    if (root == null || (root instanceof Node.Null && nodes == 1 && blank())) {
      throw fault(new Place(origin, 1, 1, Path.ROOT), "the document is empty");
    }
    return root;
  }

  private boolean blank() {
    for (byte b : bytes) {
      if (b > ' ' || b < 0) {
        return false;
      }
    }
    return true;
  }

  private void version(DocumentStartEvent start) {
    start
        .getSpecVersion()
        .filter(version -> version.getMajor() != 1 || version.getMinor() < 2)
        .ifPresent(
            version -> {
              throw new ProblemsException(
                  with(
                      new Problem(
                          place(start.getStartMark(), Path.ROOT),
                          "YAML " + version.getRepresentation() + " is not read",
                          "write YAML 1.2, where only `true` and `false` are truth values")));
            });
  }

  private Node node(Event event, Path path, int depth) {
    Place place = place(event.getStartMark(), path);
    if (depth > bounds.depth()) {
      throw fault(place, "the document is nested deeper than " + bounds.depth() + " levels");
    }
    count(place, 1);
    if (event instanceof AliasEvent alias) {
      return repeated(alias, place);
    }
    int before = nodes;
    Node node =
        switch (event) {
          case ScalarEvent scalar -> scalar(scalar, place);
          case SequenceStartEvent start -> sequence(start, place, depth);
          case MappingStartEvent start -> mapping(start, place, depth);
          default -> throw fault(place, "a value should stand here");
        };
    ((NodeEvent) event)
        .getAnchor()
        .ifPresent(
            anchor -> anchors.put(anchor.getValue(), new Anchored(node, nodes - before + 1)));
    return node;
  }

  private Node repeated(AliasEvent alias, Place place) {
    String name = alias.getAlias().getValue();
    Anchored anchored = anchors.get(name);
    if (anchored == null) {
      throw new ProblemsException(
          with(
              new Problem(
                  place,
                  "`*" + Faults.shown(name) + "` repeats a value that is not finished or not there",
                  Nearest.advice(name, anchors.keySet()))));
    }
    count(place, anchored.nodes());
    return anchored.node();
  }

  private void count(Place place, int more) {
    nodes += more;
    if (nodes > bounds.nodes()) {
      throw fault(
          place,
          "the document holds more than "
              + bounds.nodes()
              + " values, repeated ones counted each time");
    }
  }

  private Node sequence(SequenceStartEvent start, Place place, int depth) {
    tag(start.getTag(), place, "seq");
    List<Node> items = new ArrayList<>();
    while (true) {
      Event event = events.next();
      if (event.getEventId() == Event.ID.SequenceEnd) {
        return new Node.Arr(place, items);
      }
      items.add(node(event, place.path().then(Names.index(items.size())), depth + 1));
    }
  }

  private Node mapping(MappingStartEvent start, Place place, int depth) {
    tag(start.getTag(), place, "map");
    Map<String, Node.Member> members = new LinkedHashMap<>();
    List<Node> merged = new ArrayList<>();
    while (true) {
      Event event = events.next();
      if (event.getEventId() == Event.ID.MappingEnd) {
        merged.forEach(each -> merge(each, members));
        return new Node.Obj(place, members);
      }
      String name = name(event, place.path());
      Place namePlace = place(event.getStartMark(), place.path().then(name));
      Node value = node(events.next(), namePlace.path(), depth + 1);
      if (name.equals("<<") && event instanceof ScalarEvent scalar && scalar.isPlain()) {
        merged.add(value);
        continue;
      }
      Node.Member first = members.putIfAbsent(name, new Node.Member(name, namePlace, value));
      if (first != null) {
        problem(Faults.repeated(namePlace, name, first.namePlace()));
      }
    }
  }

  /// The members of one map, or of several, that do not stand in the map itself
  /// (yaml.org/type/merge).
  private void merge(Node from, Map<String, Node.Member> members) {
    switch (from) {
      case Node.Obj(Place ignored, Map<String, Node.Member> more) ->
          more.forEach(members::putIfAbsent);
      case Node.Arr(Place ignored, List<Node> maps) -> maps.forEach(each -> merge(each, members));
      case Node.Text ignored -> unmerged(from);
      case Node.Num ignored -> unmerged(from);
      case Node.Bool ignored -> unmerged(from);
      case Node.Null ignored -> {}
    }
  }

  private void unmerged(Node from) {
    problem(new Problem(from.place(), "`<<` takes a map, or a list of maps", "write `<<: *name`"));
  }

  private String name(Event event, Path path) {
    Place place = place(event.getStartMark(), path);
    count(place, 1);
    if (!(event instanceof ScalarEvent scalar)) {
      throw fault(place, "a name should stand here, not a list, a map or an alias");
    }
    scalar(scalar, place);
    String name = names.computeIfAbsent(scalar.getValue(), each -> each);
    scalar
        .getAnchor()
        .ifPresent(
            anchor -> anchors.put(anchor.getValue(), new Anchored(new Node.Text(place, name), 1)));
    return name;
  }

  private Node scalar(ScalarEvent scalar, Place place) {
    String value = scalar.getValue();
    String tag = scalar.getTag().orElse("");
    if (tag.equals("!") || (tag.isEmpty() && !scalar.isPlain())) {
      return text(value, place);
    }
    Node plain = YamlScalars.resolve(value, place);
    if (tag.isEmpty()) {
      return plain == null ? text(value, place) : plain;
    }
    boolean fits =
        switch (tag) {
          case TAGS + "str" -> true;
          case TAGS + "int" ->
              plain instanceof Node.Num(Place ignored, String literal)
                  && YamlScalars.integer(literal);
          case TAGS + "float" -> plain instanceof Node.Num;
          case TAGS + "bool" -> plain instanceof Node.Bool;
          case TAGS + "null" -> plain instanceof Node.Null;
          default -> false;
        };
    if (!fits || plain == null) {
      if (!fits) {
        unknownTag(tag, place);
      }
      return text(value, place);
    }
    return tag.equals(TAGS + "str") ? text(value, place) : plain;
  }

  private Node text(String value, Place place) {
    return new Node.Text(
        place, value.length() > 40 ? value : names.computeIfAbsent(value, each -> each));
  }

  private void tag(Optional<String> tag, Place place, String expected) {
    tag.filter(each -> !each.equals(TAGS + expected) && !each.equals("!"))
        .ifPresent(each -> unknownTag(each, place));
  }

  private void unknownTag(String tag, Place place) {
    String shown = tag.startsWith(TAGS) ? "!!" + tag.substring(TAGS.length()) : tag;
    problem(
        new Problem(
            place,
            "the tag `" + Faults.shown(shown) + "` is not read or does not fit",
            "leave it out"));
  }

  private void problem(Problem problem) {
    problems.add(problem);
    if (problems.size() >= MOST_PROBLEMS) {
      throw new ProblemsException(problems);
    }
  }

  private String decoded() {
    int at = 0;
    while (at < bytes.length) {
      int length = Utf8.sequence(bytes, at);
      if (length == 0) {
        String before = new String(bytes, 0, at, StandardCharsets.UTF_8);
        throw fault(
            characterAt(before.codePointCount(0, before.length())), "the text is not UTF-8 here");
      }
      at += length;
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private Place characterAt(int position) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    int line = 1;
    int column = 1;
    int at = 0;
    for (int i = 0; i < position && at < text.length(); i++) {
      int point = text.codePointAt(at);
      at += Character.charCount(point);
      if (point == '\n') {
        line++;
        column = 1;
      } else {
        column++;
      }
    }
    return new Place(origin, line, column, Path.ROOT);
  }

  private Place place(Optional<Mark> mark, Path path) {
    return mark.map(each -> new Place(origin, each.getLine() + 1, each.getColumn() + 1, path))
        .orElseGet(() -> new Place(origin, 1, 1, path));
  }

  private static String said(MarkedYamlEngineException wrong) {
    String problem = sentence(wrong.getProblem());
    String context = wrong.getContext();
    return problem.startsWith("a tab") || context == null || context.isBlank()
        ? problem
        : sentence(context) + ", " + problem;
  }

  private static String sentence(@Nullable String said) {
    if (said == null || said.isBlank()) {
      return "this is not YAML";
    }
    if (said.contains("(TAB)")) {
      return "a tab stands where blanks should; indent with blanks";
    }
    String line = said.strip().lines().findFirst().orElse("").replace('\'', '`');
    String bare = line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    return bare.substring(0, 1).toLowerCase(Locale.ROOT) + Faults.shown(bare).substring(1);
  }

  private ProblemsException fault(Place place, String message) {
    return new ProblemsException(with(new Problem(place, message)));
  }

  private List<Problem> with(Problem last) {
    problems.add(last);
    return problems;
  }
}
