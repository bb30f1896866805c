package dev.gatewarden.core.contract;

import dev.gatewarden.core.document.Nearest;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The words about single properties: `read`, `write`, `class` and `mask`, in a schema behind
/// `x-gatewarden-`.
public final class PropertyWords {
  /// Who may see a property.
  public static final String READ = Extensions.PREFIX + "read";

  /// Who may write it.
  public static final String WRITE = Extensions.PREFIX + "write";

  /// Its data class.
  public static final String CLASS = Extensions.PREFIX + "class";

  /// What others see of it.
  public static final String MASK = Extensions.PREFIX + "mask";

  /// The object type whose ids stand there.
  public static final String ID = Extensions.PREFIX + "id";

  /// What a schema has to do with an object type; written by the reading of the contract alone:
  /// `object order` where it describes one, `owner order` and `tenant order` where its parts stand,
  /// `id order` where the ids of an opaque type stand.
  public static final String PART = Extensions.PREFIX + "part";

  /// All of them, as they stand in the properties of a type.
  static final List<String> ALL = List.of("read", "write", "class", "mask");

  private static final List<String> MASKS =
      java.util.Arrays.stream(Mask.values()).map(Mask::text).toList();

  private PropertyWords() {}

  /// Whether it takes the object to tell who may see a property.
  static boolean asksForOwner(Node said) {
    List<Grant> readers = readers(said);
    return readers != null
        && (readers.contains(new Grant.Owner()) || readers.contains(new Grant.Tenant()));
  }

  /// Who may see a property; null when it is no list of that.
  public static @Nullable List<Grant> readers(Node said) {
    Notes notes = new Notes();
    List<Grant> readers = readers(said, READ, notes);
    return notes.problems().isEmpty() ? readers : null;
  }

  /// Who may write a property; null when it does not say.
  public static @Nullable Writers writers(Node said) {
    Notes notes = new Notes();
    Writers writers = writers(said, WRITE, notes);
    return notes.problems().isEmpty() ? writers : null;
  }

  /// What others see; null when it does not say.
  public static @Nullable Masking masking(Node said) {
    Notes notes = new Notes();
    Masking masking = masking(said, MASK, notes);
    return notes.problems().isEmpty() ? masking : null;
  }

  /// What is wrong with one of the words.
  ///
  /// @param word `read`, `write`, `class` or `mask`
  /// @param name as it stands there
  static void check(String word, String name, Node said, Notes notes) {
    switch (word) {
      case "read" -> readers(said, name, notes);
      case "write" -> writers(said, name, notes);
      case "mask" -> masking(said, name, notes);
      case "class" -> {
        if (!(said instanceof Node.Text text) || text.value().isBlank()) {
          notes.problem(said.place(), "`" + name + "` should be a text, not " + Nodes.kind(said));
        }
      }
      default -> {}
    }
  }

  static @Nullable List<Grant> readers(Node said, String name, Notes notes) {
    if (said instanceof Node.Arr list) {
      return grants(list, notes);
    }
    notes.problem(said.place(), "`" + name + "` should be a list, not " + Nodes.kind(said));
    return null;
  }

  /// `[role:admin]`, or `{by: [role:admin], else: strip}`.
  static @Nullable Writers writers(Node said, String name, Notes notes) {
    if (said instanceof Obj object) {
      Fields fields = new Fields(object, notes, "by", "else");
      Node by = fields.node("by");
      if (by == null) {
        notes.problem(object.place(), "`" + name + "` needs `by`: who may write it?");
        return null;
      }
      Otherwise otherwise = fields.choice("else", Otherwise.class);
      List<Grant> grants = readers(by, "by", notes);
      return grants == null ? null : new Writers(grants, otherwise == Otherwise.STRIP);
    }
    List<Grant> grants = readers(said, name, notes);
    return grants == null ? null : new Writers(grants, false);
  }

  /// What becomes of a value in a request whose sender may not write it.
  private enum Otherwise {
    REFUSE,
    STRIP
  }

  /// `last-four`, or `{role:support: last-four, else: fixed}`.
  static @Nullable Masking masking(Node said, String name, Notes notes) {
    if (!(said instanceof Obj object)) {
      Mask mask = mask(said, name, notes);
      return mask == null ? null : new Masking(List.of(), mask);
    }
    List<Masking.Share> shares = new ArrayList<>();
    Mask otherwise = Mask.REMOVE;
    for (Node.Member member : object.entries()) {
      Mask mask = mask(member.value(), member.name(), notes);
      if (mask == null) {
        return null;
      }
      Grant to = Grant.parse(member.name());
      if (member.name().equals("else")) {
        otherwise = mask;
      } else if (to == null) {
        nobody(new Node.Text(member.namePlace(), member.name()), notes);
      } else {
        shares.add(new Masking.Share(to, mask));
      }
    }
    return new Masking(shares, otherwise);
  }

  private static @Nullable Mask mask(Node said, String name, Notes notes) {
    String word = said instanceof Node.Null ? Mask.NULL.text() : Nodes.scalar(said);
    Mask mask = word == null ? null : Mask.of(word);
    if (mask == null) {
      notes.problem(
          said.place(),
          "`"
              + Nodes.shown(name)
              + "` should be one of "
              + String.join(", ", MASKS)
              + (word == null ? ", not " + Nodes.kind(said) : ", not `" + Nodes.shown(word) + "`"),
          word == null ? "" : Nearest.advice(word, MASKS));
    }
    return mask;
  }

  /// The grants in a list; nobody where it is empty.
  private static List<Grant> grants(Node.Arr list, Notes notes) {
    List<Grant> grants = new ArrayList<>();
    for (Node each : list.items()) {
      Grant grant = each instanceof Node.Text text ? Grant.parse(text.value()) : null;
      if (grant == null) {
        nobody(each, notes);
      } else {
        grants.add(grant);
      }
    }
    return grants;
  }

  private static void nobody(Node each, Notes notes) {
    String word = Nodes.scalar(each);
    String near = word == null ? null : Nearest.of(word, List.of("owner", "tenant", "anyone"));
    notes.problem(
        each.place(),
        "`" + Nodes.shown(word == null ? Nodes.kind(each) : word) + "` names nobody",
        near == null
            ? "write owner, tenant, anyone or `role:NAME`"
            : "did you mean `" + near + "`?");
  }
}
