package dev.gatewarden.core.document;

import dev.gatewarden.core.document.Place.Origin;
import dev.gatewarden.core.document.Place.Path;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A root document and those it may refer to: files below its folder, and addresses allowed by
/// name.
///
/// Documents are read when first referred to and kept. For the thread that loads; not for several
/// at once.
public final class Documents implements References {
  /// A pointer that leads through `$ref`s follows at most so many of them.
  private static final int MOST_HOPS = 32;

  /// What is left of them for one resolution, so that no chain of references can make it long.
  private static final class Hops {
    private int taken;

    boolean another() {
      return taken++ < MOST_HOPS;
    }
  }

  private final Sources sources;
  private final DocumentReader reader;
  private final Origin root;
  private final Set<URI> allowed;
  private final Map<URI, Node> read = new HashMap<>();
  private final Map<URI, Problem> unreadable = new HashMap<>();
  private final Map<URI, Map<String, Node>> anchors = new HashMap<>();
  private final Map<URI, Ids> ids = new HashMap<>();
  private final Set<URI> overlays = new HashSet<>();
  private final List<Problem> problems = new ArrayList<>();

  /// @param allowed absolute addresses outside the root's folder that may be referred to
  public Documents(Sources sources, Bounds bounds, Origin root, Set<URI> allowed) {
    this.sources = sources;
    this.reader = new DocumentReader(bounds);
    this.root = new Origin(canonical(root.address()), root.name());
    this.allowed = allowed.stream().map(Documents::canonical).collect(Collectors.toSet());
  }

  /// The root document.
  ///
  /// @throws ProblemsException when it cannot be read or is no YAML or JSON
  public Node root() {
    Node known = read.get(root.address());
    if (known != null) {
      return known;
    }
    Node node = read(root);
    read.put(root.address(), node);
    return node;
  }

  /// Any document, allowed or not: what the configuration names needs no further permission.
  ///
  /// @throws ProblemsException when it cannot be read or is no YAML or JSON
  public Node read(Origin origin) {
    try {
      return reader.read(origin, sources.read(origin.address()));
    } catch (IOException wrong) {
      throw new ProblemsException(List.of(unread(origin, wrong)));
    }
  }

  private static Problem unread(Origin origin, IOException wrong) {
    return new Problem(
        new Place(origin, 1, 1, Path.ROOT), "the file cannot be read: " + said(wrong));
  }

  /// Puts another tree in the place of the root, such as the root with an overlay applied.
  public void replaceRoot(Node node) {
    read.put(root.address(), node);
    anchors.clear();
    ids.remove(root.address());
  }

  /// Puts other trees in the place of all documents that were read.
  public void rewrite(UnaryOperator<Node> change) {
    root();
    read.replaceAll((_, node) -> change.apply(node));
    anchors.clear();
    ids.clear();
  }

  /// Lets references inside another document start from the root, as those of an overlay do.
  public void standsInRoot(URI overlay) {
    overlays.add(canonical(overlay));
  }

  /// Every fault of the documents that were referred to so far; the root's own are thrown by
  /// [#root()].
  public List<Problem> problems() {
    return List.copyOf(problems);
  }

  @Override
  public Resolution resolve(String reference, Place from) {
    return resolve(reference, from, new Hops());
  }

  private Resolution resolve(String reference, Place from, Hops hops) {
    int hash = reference.indexOf('#');
    String file = hash < 0 ? reference : reference.substring(0, hash);
    String fragment = hash < 0 ? "" : PercentCoding.decoded(reference.substring(hash + 1));
    URI home = canonical(from.origin().address());
    boolean laidOver = overlays.contains(home);
    home = laidOver ? root.address() : home;
    Ids ids = ids(home);
    URI base = ids == null || laidOver ? home : ids.base(from.path());
    URI target = file.isEmpty() ? base : target(file, base);
    if (target == null) {
      return missing(from, "`" + Faults.shown(reference) + "` is no URI reference", "");
    }
    Node named = ids == null ? null : ids.at(target);
    if (named != null) {
      Resolution found = in(named, target, reference, fragment, from, hops);
      // many write pointers from the top of the document all the same
      if (found instanceof Resolution.Found || !file.isEmpty()) {
        return found;
      }
    }
    URI address = file.isEmpty() ? home : target;
    if (!file.isEmpty() && !within(target) && !allowed.contains(target)) {
      return missing(
          from,
          "`" + Faults.shown(file) + "` lies outside the folder of `" + root.name() + "`",
          "move it below that folder, or allow it by name");
    }
    Node document = document(address);
    if (document == null) {
      Problem why = unreadable.get(address);
      return missing(
          from,
          "`"
              + Faults.shown(reference)
              + "` cannot be followed"
              + (why == null ? "" : ": " + why.message()),
          "");
    }
    return in(document, address, reference, fragment, from, hops);
  }

  private Resolution in(
      Node document, URI address, String reference, String fragment, Place from, Hops hops) {
    return fragment.isEmpty() || fragment.startsWith("/")
        ? below(document, reference, fragment, from, hops)
        : anchored(document, address, reference, fragment, from);
  }

  private @Nullable Ids ids(URI home) {
    Ids known = ids.get(home);
    if (known != null) {
      return known;
    }
    Node document = home.equals(root.address()) ? root() : read.get(home);
    if (document == null) {
      return null;
    }
    Ids found = new Ids(document, home);
    ids.put(home, found);
    return found;
  }

  private @Nullable Node document(URI address) {
    if (address.equals(root.address())) {
      return root();
    }
    Node known = read.get(address);
    if (known != null || unreadable.containsKey(address)) {
      return known;
    }
    Origin origin = new Origin(address, name(address));
    try {
      Node node = reader.read(origin, sources.read(address));
      read.put(address, node);
      return node;
    } catch (IOException wrong) {
      unreadable.put(address, unread(origin, wrong));
    } catch (ProblemsException wrong) {
      problems.addAll(wrong.problems());
      unreadable.put(address, wrong.problems().getFirst());
    }
    return null;
  }

  private Resolution below(
      Node document, String reference, String fragment, Place from, Hops hops) {
    Pointer pointer = Pointer.parse(fragment);
    if (pointer == null) {
      return missing(from, "`" + Faults.shown(reference) + "` ends in no JSON pointer", "");
    }
    Node node = document;
    for (String token : pointer.tokens()) {
      Node next = step(node, token, hops);
      if (next == null) {
        return missing(
            from,
            "`"
                + Faults.shown(reference)
                + "` points to nothing: there is no `"
                + Faults.shown(token)
                + "` in "
                + where(node),
            node instanceof Node.Obj object
                ? Nearest.advice(token, object.members().keySet())
                : "");
      }
      node = next;
    }
    return new Resolution.Found(node);
  }

  /// One token down; through a `$ref` where the token does not stand beside it.
  private @Nullable Node step(Node node, String token, Hops hops) {
    if (node instanceof Node.Arr(Place ignored, List<Node> items)) {
      int index = Pointer.index(token);
      return index >= 0 && index < items.size() ? items.get(index) : null;
    }
    if (!(node instanceof Node.Obj object)) {
      return null;
    }
    Node member = object.get(token);
    if (member == null
        && object.get("$ref") instanceof Node.Text(Place at, String reference)
        && hops.another()
        && resolve(reference, at, hops) instanceof Resolution.Found(Node target)
        && target != node) {
      return step(target, token, hops);
    }
    return member;
  }

  private Resolution anchored(
      Node document, URI address, String reference, String anchor, Place from) {
    Map<String, Node> known =
        anchors.computeIfAbsent(
            address,
            each -> {
              Map<String, Node> found = new HashMap<>();
              collectAnchors(document, found);
              return found;
            });
    Node node = known.get(anchor);
    return node != null
        ? new Resolution.Found(node)
        : missing(
            from,
            "`" + Faults.shown(reference) + "` points to nothing: no schema has that `$anchor`",
            document instanceof Node.Obj object
                    && object.get("components") instanceof Node.Obj components
                    && components.get("schemas") instanceof Node.Obj schemas
                    && schemas.get(anchor) != null
                ? "did you mean `#/components/schemas/" + anchor + "`?"
                : Nearest.advice(anchor, known.keySet()));
  }

  private static void collectAnchors(Node node, Map<String, Node> found) {
    switch (node) {
      case Node.Obj object -> {
        for (String word : List.of("$anchor", "$dynamicAnchor")) {
          if (object.get(word) instanceof Node.Text(Place ignored, String name)) {
            found.putIfAbsent(name, node);
          }
        }
        object.entries().forEach(member -> collectAnchors(member.value(), found));
      }
      case Node.Arr(Place ignored, List<Node> items) ->
          items.forEach(item -> collectAnchors(item, found));
      case Node.Text ignored -> {}
      case Node.Num ignored -> {}
      case Node.Bool ignored -> {}
      case Node.Null ignored -> {}
    }
  }

  private static @Nullable URI target(String file, URI base) {
    try {
      URI target = base.resolve(new URI(file)).normalize();
      return target.isAbsolute() ? canonical(target) : null;
    } catch (URISyntaxException | IllegalArgumentException wrong) {
      return null;
    }
  }

  /// `file:/a` and `file:///a` are one address.
  static URI canonical(URI address) {
    return "file".equals(address.getScheme())
            && address.getRawAuthority() == null
            && address.getRawPath() != null
            && address.getRawQuery() == null
        ? URI.create("file://" + address.getRawPath())
        : address;
  }

  /// Whether the address is a file below the root's folder, by its plain reading.
  private boolean within(URI target) {
    String folder = folder(root.address());
    String path = target.getRawPath();
    return folder != null
        && path != null
        && target.getRawQuery() == null
        && java.util.Objects.equals(target.getScheme(), root.address().getScheme())
        && sameAuthority(target.getRawAuthority(), root.address().getRawAuthority())
        && path.startsWith(folder)
        && !PercentCoding.hides(path)
        && !(path + "/").contains("/../");
  }

  private static boolean sameAuthority(@Nullable String one, @Nullable String other) {
    return (one == null ? "" : one).equals(other == null ? "" : other);
  }

  private static @Nullable String folder(URI address) {
    String path = address.normalize().getRawPath();
    return path == null || path.indexOf('/') < 0
        ? null
        : path.substring(0, path.lastIndexOf('/') + 1);
  }

  private String name(URI address) {
    String folder = folder(root.address());
    if (!within(address) || folder == null) {
      return address.toString();
    }
    String shown = root.name().substring(0, root.name().lastIndexOf('/') + 1);
    return shown + PercentCoding.decoded(address.getRawPath().substring(folder.length()));
  }

  /// Every address a reference led to, the root first.
  public Set<URI> addresses() {
    Set<URI> all = new LinkedHashSet<>();
    all.add(root.address());
    all.addAll(read.keySet());
    return all;
  }

  private static String where(Node node) {
    String pointer = node.place().pointer();
    return pointer.isEmpty() ? "the document" : "`" + Faults.shown(pointer) + "`";
  }

  private static String said(IOException wrong) {
    String message = wrong.getMessage();
    return Faults.shown(message == null ? wrong.getClass().getSimpleName() : message);
  }

  private static Resolution missing(Place from, String message, String advice) {
    return new Resolution.Missing(new Problem(from, message, advice));
  }
}
