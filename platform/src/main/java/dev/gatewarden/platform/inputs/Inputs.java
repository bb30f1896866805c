package dev.gatewarden.platform.inputs;

import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.Server;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.document.ProblemsException;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Sightings;
import dev.gatewarden.core.probe.Identity.Presented;
import dev.gatewarden.platform.discovery.Har;
import dev.gatewarden.platform.discovery.Har.Pair;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads what people have in the place of a contract: Postman collections (v2.0 and v2.1) and HTTP
/// Archives (HAR 1.2). What a document is, its content says.
public final class Inputs {

  /// What a document is.
  public enum Kind {
    COLLECTION,
    RECORDING,
    /// Variables of Postman, an environment or the globals.
    ENVIRONMENT,
    /// A collection of an older form, which is not read.
    OLD_COLLECTION,
    /// Anything else: a contract, as far as this room knows.
    OTHER
  }

  /// What the user says of a collection or a recording.
  ///
  /// @param environment Postman variables, or null
  /// @param hosts whose requests are read; where there are none, the target's, else the busiest
  /// @param target host and port that are attacked, or null where nothing is
  /// @param path what stands before every path at the target: `/api`, or the empty text
  public record Told(
      @Nullable Obj environment, Set<String> hosts, @Nullable String target, String path) {
    /// Nothing is said.
    public static final Told NOTHING = new Told(null, Set.of(), null, "");

    public Told {
      hosts = Set.copyOf(hosts);
    }
  }

  /// An answer that the API gave when it was asked itself.
  ///
  /// @param path below the target, as it was sent
  public record Met(String path, List<Pair> query, int status, String type, @Nullable Node body) {
    public Met {
      query = List.copyOf(query);
    }

    /// Nothing of the body.
    @Override
    public String toString() {
      return path + " " + status;
    }
  }

  private Inputs() {}

  /// What a document is, by its content.
  public static Kind kind(Node document) {
    if (!(document instanceof Obj written)) {
      return Kind.OTHER;
    }
    Obj root = unwrapped(written);
    if (root.get("openapi") != null || root.get("swagger") != null) {
      return Kind.OTHER;
    }
    if (Har.is(root)) {
      return Kind.RECORDING;
    }
    if (root.get("info") instanceof Obj && root.get("item") instanceof Node.Arr) {
      return Kind.COLLECTION;
    }
    if (root.get("requests") instanceof Node.Arr && root.get("id") != null) {
      return Kind.OLD_COLLECTION;
    }
    return root.get("values") instanceof Node.Arr && root.get("name") != null
        ? Kind.ENVIRONMENT
        : Kind.OTHER;
  }

  /// Postman's own interface hands collections out in an envelope.
  private static Obj unwrapped(Obj root) {
    return root.members().size() == 1 && root.get("collection") instanceof Obj inner ? inner : root;
  }

  /// The contract that a collection or a recording shows; null where the document is neither, and
  /// says itself what it promises.
  ///
  /// @throws ProblemsException where it is one that cannot be read, or shows nothing
  public static @Nullable Inferred inferred(Node document, Told told) {
    return inferred(document, told, List.of());
  }

  /// The same with answers of the API itself, where those who wrote the requests down kept none.
  public static @Nullable Inferred inferred(Node document, Told told, List<Met> met) {
    return switch (kind(document)) {
      case OTHER -> null;
      case OLD_COLLECTION ->
          throw refused(
              document,
              "this is a Postman collection v1; v2.0 and v2.1 are read",
              "export it anew as `Collection v2.1`");
      case ENVIRONMENT ->
          throw refused(
              document,
              "this is an environment of Postman, and no collection",
              "name the collection by `--contract`, and this by `--environment`");
      case COLLECTION -> {
        Obj root = unwrapped((Obj) document);
        List<Remark> remarks = new ArrayList<>();
        List<Example> examples = new PostmanCollection(root, told.environment(), remarks).read();
        String name = Json.scalar(root.get("info") instanceof Obj info ? info.get("name") : null);
        yield inferred(root, name == null ? "A collection" : name, examples, told, met, remarks);
      }
      case RECORDING -> {
        List<Remark> remarks = new ArrayList<>();
        List<Example> examples = Recording.read(document, remarks);
        yield inferred((Obj) document, "Recorded traffic", examples, told, met, remarks);
      }
    };
  }

  private static Inferred inferred(
      Obj root, String title, List<Example> all, Told told, List<Met> met, List<Remark> remarks) {
    List<Example> own = Sites.own(all, told.hosts(), told.target(), remarks);
    if (own.isEmpty()) {
      throw refused(
          root,
          all.isEmpty()
              ? "there is no request in it that could be one of an API"
              : "no request in it is sent to " + String.join(" or ", told.hosts()),
          all.isEmpty() ? "record the calls themselves, with their answers" : "");
    }
    int base = base(own, told);
    StringBuilder below = new StringBuilder();
    own.getFirst().path().subList(0, base).forEach(each -> below.append('/').append(each.value()));
    Example.Site site = own.getFirst().site();
    String server = (site.known() ? site.origin() : "") + below;
    List<Example> examples = new ArrayList<>(own);
    for (Met each : met) {
      List<Step> path = new ArrayList<>(own.getFirst().path().subList(0, base));
      path.addAll(Recording.steps(each.path()));
      examples.add(
          new Example(
              root.place(),
              "",
              "GET",
              site,
              path,
              each.query(),
              List.of(),
              null,
              List.of(),
              List.of(new Example.Answer(each.status(), each.type(), each.body()))));
    }
    return new Inferring(root, title, examples, base, server.isEmpty() ? "/" : server, remarks)
        .inferred();
  }

  /// How many segments belong to the address of the server: those that the target has as well, or
  /// those that a variable such as `{{baseUrl}}` stands for.
  private static int base(List<Example> own, Told told) {
    List<Step> path = Recording.steps(told.path());
    if (own.stream().allMatch(each -> begins(each.path(), path)) && !path.isEmpty()) {
      return path.size();
    }
    int named = own.stream().mapToInt(each -> each.site().base()).min().orElse(0);
    List<Step> first = own.getFirst().path();
    boolean same =
        own.stream()
            .allMatch(
                each ->
                    each.site().base() == named && begins(each.path(), first.subList(0, named)));
    boolean bare = told.target() != null && path.isEmpty();
    return same && !bare ? named : 0;
  }

  private static boolean begins(List<Step> path, List<Step> with) {
    return path.size() >= with.size() && path.subList(0, with.size()).equals(with);
  }

  /// What the requests of a collection or a recording carried, by the operations of a contract.
  ///
  /// @throws ProblemsException where the document is neither
  public static Seen seen(Node document, Contract contract, Told told) {
    List<Remark> beside = new ArrayList<>();
    List<Example> examples = examples(document, told, beside);
    return new Matching(contract, told.path())
        .of(Sites.own(examples, told.hosts(), told.target(), beside));
  }

  /// Looks at all that a collection or a recording shows, as a contract describes it.
  ///
  /// @param file as people call the document
  /// @return what was not looked at, and why
  /// @throws ProblemsException where the document is neither
  public static List<Remark> sighted(
      Node document, String file, Audited contract, Told told, Sightings to) {
    List<Remark> remarks = new ArrayList<>();
    List<Example> all = examples(document, told, remarks);
    List<Example> own =
        Sites.own(all, told.hosts(), server(contract.contract(), told, all), remarks);
    List<Example> left =
        new Matching(contract.contract(), told.path()).each(own, new Sighted(contract, file, to));
    if (!left.isEmpty()) {
      remarks.add(
          new Remark(
              left.getFirst().called(),
              new Problem(
                  left.getFirst().place(),
                  left.size()
                      + " of "
                      + own.size()
                      + " requests are of no operation of the contract, `"
                      + left.getFirst().called()
                      + "` is the first")));
    }
    return remarks;
  }

  /// The target, or the first server of the contract that something was sent to.
  private static @Nullable String server(Contract contract, Told told, List<Example> examples) {
    if (told.target() != null) {
      return told.target();
    }
    Set<String> asked = new HashSet<>();
    examples.forEach(each -> asked.add(each.site().authority()));
    for (Server each : contract.servers()) {
      int at = each.url().indexOf("://");
      String authority = at < 0 ? "" : each.url().substring(at + 3).replaceAll("/.*", "");
      if (asked.contains(authority)) {
        return authority;
      }
    }
    return null;
  }

  private static List<Example> examples(Node document, Told told, List<Remark> remarks) {
    return switch (kind(document)) {
      case COLLECTION ->
          new PostmanCollection(unwrapped((Obj) document), told.environment(), remarks).read();
      case RECORDING -> Recording.read(document, remarks);
      case ENVIRONMENT, OLD_COLLECTION, OTHER ->
          throw refused(
              document,
              "this is neither a Postman collection (v2.0, v2.1) nor a recording (HAR)",
              "save the traffic as HAR, with its content");
    };
  }

  /// What a collection or a recording presents as its author's own credential.
  ///
  /// @param environment the variables of Postman that fill it, or null
  /// @throws ProblemsException where it presents none
  public static List<Presented> credential(Node document, @Nullable Obj environment) {
    return switch (kind(document)) {
      case COLLECTION ->
          new PostmanCollection(unwrapped((Obj) document), environment, new ArrayList<>())
              .credential();
      case RECORDING -> {
        List<Presented> last = List.of();
        for (Example each : Recording.read(document, new ArrayList<>())) {
          last = each.presents().isEmpty() ? last : each.presents();
        }
        if (last.isEmpty()) {
          throw refused(
              document,
              "no request of the recording presents a credential",
              "browsers leave them out unless told otherwise: save it with sensitive data");
        }
        yield last;
      }
      case ENVIRONMENT, OLD_COLLECTION, OTHER ->
          throw refused(
              document,
              "this is neither a Postman collection nor a recording",
              "name one of them, or an environment of the collection");
    };
  }

  private static ProblemsException refused(Node document, String message, String advice) {
    return new ProblemsException(List.of(new Problem(document.place(), message, advice)));
  }
}
