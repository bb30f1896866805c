package dev.gatewarden.controls.guards.access;

import dev.gatewarden.controls.guards.GuardEntry;
import dev.gatewarden.controls.guards.Reads;
import dev.gatewarden.controls.guards.Setting;
import dev.gatewarden.controls.guards.access.PropertyGrants.Answer;
import dev.gatewarden.core.contract.Content;
import dev.gatewarden.core.contract.DataClass;
import dev.gatewarden.core.contract.Grant;
import dev.gatewarden.core.contract.Masking;
import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectBinding.Does;
import dev.gatewarden.core.contract.PropertyWords;
import dev.gatewarden.core.contract.RequestBody;
import dev.gatewarden.core.contract.TypeSchemas;
import dev.gatewarden.core.decision.Control;
import dev.gatewarden.core.decision.Cost;
import dev.gatewarden.core.decision.Edit;
import dev.gatewarden.core.decision.Guard;
import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Detail;
import dev.gatewarden.core.exchange.Reading;
import dev.gatewarden.core.exchange.Reading.Mark;
import dev.gatewarden.core.exchange.Reading.Meaning;
import dev.gatewarden.core.exchange.Stage;
import dev.gatewarden.core.schema.GapCopy;
import dev.gatewarden.core.schema.Violation;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Lets a caller write a property that the contract restricts (`x-gatewarden-write`, or
/// `properties` of a type) only if the caller is one of those it names.
///
/// A property that is not allowed refuses the whole request, so that nobody learns by trying which
/// of them the service would have taken; where the contract says `else: strip`, or this guard is
/// set to, it is taken out of the request instead, what is left is judged again, and that is
/// forwarded. In a body that does not conform, a restricted property could hide; it is refused as
/// well. What says which an object is and whose (id, owner, tenant and parents of a bound type) is
/// not changed by an update, and no creation names another owner or tenant than the caller's,
/// unless the contract says who may write it. In a JSON patch (RFC 6902), `test`, and what `copy`
/// and `move` take, need the right to see. A `PUT` that leaves a property out is judged as if it
/// wrote it where this guard is told that the service resets it then (`left-out: reset`).
@Control(
    id = "writable-fields",
    stage = Stage.AUTHORIZE,
    cost = Cost.WAITS,
    threats = {Threat.API3_PROPERTY_AUTHORIZATION})
public final class WritableFieldsGuard implements Guard {

  /// What becomes of a property that its sender may not write.
  public enum Violations {
    /// The request is refused.
    REFUSE,
    /// It is taken out of the request.
    STRIP
  }

  /// What can be set; who may write what stands in the contract.
  ///
  /// @param violations what becomes of a property that its sender may not write: `refuse` or
  ///     `strip`; only JSON can be stripped
  /// @param leftOut what a `PUT` does to a property that it leaves out: `keep` it as it is, or
  ///     `reset` it, which is writing it
  public record Config(Violations violations, Omission leftOut) {}

  /// What the service does to a property that a `PUT` leaves out.
  public enum Omission {
    /// It leaves it as it is.
    KEEP,
    /// It writes nothing, or some default, over it.
    RESET
  }

  /// Why a request is refused.
  public enum Why implements Reason {
    STRIPPED(200, "properties that this caller may not write were taken out of the request"),
    RESTRICTED(403, "a property in the request may not be written by this caller"),
    UNREADABLE(400, "the body cannot be read for restricted properties"),
    LOOK_UP_FAILED(503, "whose object this is cannot be found out at the moment");

    private final int status;
    private final String summary;

    Why(int status, String summary) {
      this.status = status;
      this.summary = summary;
    }

    @Override
    public String control() {
      return "writable-fields";
    }

    @Override
    public int status() {
      return status;
    }

    @Override
    public String summary() {
      return summary;
    }
  }

  public static final GuardEntry<Config> ENTRY =
      GuardEntry.of(
          WritableFieldsGuard.class,
          new Config(Violations.REFUSE, Omission.KEEP),
          Reads.BODY,
          Why.values(),
          WritableFieldsGuard::seat);

  private static final String JSON_PATCH = "application/json-patch+json";
  private static final int MOST_POINTER = 200;
  private static final int MOST_DETAILS = 16;

  private final PropertyGrants grants;
  private final UnchangedIdentity identity;
  private final Map<String, DataClass> classes;
  private final boolean restricts;
  private final boolean bound;
  private final boolean strip;
  private final @Nullable LeftOut leftOut;

  /// @param restricts whether some property may not be written by everybody
  /// @param bound whether the body may say which object it is, and whose
  private WritableFieldsGuard(Setting setting, Config config, boolean restricts, boolean bound) {
    this.grants = new PropertyGrants(setting);
    this.identity = new UnchangedIdentity(setting);
    this.classes = setting.contract().classes();
    this.restricts = restricts;
    this.bound = bound;
    this.strip = config.violations() == Violations.STRIP;
    this.leftOut =
        config.leftOut() == Omission.RESET
            ? LeftOut.of(setting.operation(), setting.contract().classes())
            : null;
  }

  private static Optional<Guard> seat(Setting setting, Config config) {
    RequestBody body = setting.operation().body();
    if (body == null) {
      return Optional.empty();
    }
    boolean restricts = restricts(body.content(), setting.contract().classes());
    boolean taken = false;
    boolean bound = false;
    for (ObjectBinding binding : setting.operation().objects().list()) {
      taken |= TypeSchemas.takenAt(binding) != null;
      bound |= TypeSchemas.takenAt(binding) != null && binding.does() != Does.ACT;
    }
    return restricts || taken
        ? Optional.of(new WritableFieldsGuard(setting, config, restricts, bound))
        : Optional.empty();
  }

  private static boolean restricts(Content content, Map<String, DataClass> classes) {
    boolean byClass = false;
    for (DataClass each : classes.values()) {
      byClass |= each.write() != null;
    }
    // what a JSON patch may write does not stand in the schema of the patch
    return content.types().containsKey(JSON_PATCH)
        || RestrictedProperties.in(content, PropertyWords.WRITE)
        || (byClass && RestrictedProperties.in(content, PropertyWords.CLASS));
  }

  @Override
  public Verdict judge(Call call) {
    Reading body = call.body();
    boolean matters = restricts || bound;
    if (matters && (!body.conforms() || (!body.complete() && mayHide(call)))) {
      return Verdict.deny(Why.UNREADABLE);
    }
    List<Mark> marks = body.marks();
    Hearing hearing = new Hearing(call);
    List<Mark> refused = List.of();
    Set<Edit> cuts = Set.of();
    for (int i = 0; i < marks.size(); i++) {
      Mark mark = marks.get(i);
      switch (hearing.answer(mark)) {
        case GRANTED -> {}
        case FAILED -> {
          return Verdict.deny(Why.LOOK_UP_FAILED);
        }
        case REFUSED -> {
          if (strips(mark) && body.whole() == body.bytes()) {
            cuts = cuts.isEmpty() ? new LinkedHashSet<>() : cuts;
            cuts.add(new Edit.CutRequest(mark.nameFrom(), mark.to()));
          } else {
            refused = refused.isEmpty() ? new ArrayList<>() : refused;
            refused.add(mark);
          }
        }
      }
      if (refused.size() == MOST_DETAILS) {
        break;
      }
    }
    List<Detail> details = refused.isEmpty() ? List.of() : details(body, refused);
    List<Detail> omitted = new ArrayList<>(0);
    if (leftOut != null && body.complete() && hearing.omits(leftOut, body, omitted)) {
      return Verdict.deny(Why.LOOK_UP_FAILED);
    }
    if (!omitted.isEmpty()) {
      omitted.addAll(0, details);
      return Verdict.deny(Why.RESTRICTED, omitted);
    }
    if (!details.isEmpty()) {
      return Verdict.deny(Why.RESTRICTED, details);
    }
    return cuts.isEmpty()
        ? Verdict.pass()
        : new Verdict.Pass(Why.STRIPPED, List.of(), List.copyOf(cuts));
  }

  /// One request while it is judged. Who sends it chooses how many values it has, so that what is
  /// the same for all of them is found out once.
  private final class Hearing {
    private final Call call;

    /// Whether marks of a change may stand for the whole of it, so that what is said of one value
    /// is
    /// not said of another.
    private final boolean patches;

    private final Map<List<Grant>, Answer> known = new IdentityHashMap<>(4);
    private @Nullable Set<Long> stated;
    private UnchangedIdentity.@Nullable Hearing identities;

    private Hearing(Call call) {
      this.call = call;
      this.patches = isPatch(call);
    }

    private Answer answer(Mark mark) {
      return switch (mark.meaning()) {
        case Meaning.Writable(List<Grant> by, boolean _) -> answer(by);
        case Meaning.Readable(List<Grant> by, Masking _) -> answer(by);
        case Meaning.Classified(String name) -> {
          DataClass known = classes.get(name);
          List<Grant> by = known == null ? null : known.read();
          yield by == null ? Answer.GRANTED : answer(by);
        }
        case Meaning.Identity part ->
            part.stated() || (!patches && isStated(mark)) ? Answer.GRANTED : identity(part, mark);
        case Meaning.Undeclared _,
            Meaning.Stray _,
            Meaning.Unread _,
            Meaning.Broken _,
            Meaning.Typed _,
            Meaning.TypedPart _,
            Meaning.Part _ ->
            Answer.GRANTED;
      };
    }

    /// @return whether it cannot be known at the moment
    private boolean omits(LeftOut leftOut, Reading body, List<Detail> refused) {
      Set<Answer> answers = EnumSet.noneOf(Answer.class);
      leftOut.each(
          body,
          (name, by) -> {
            Answer answer = answer(by);
            answers.add(answer);
            if (answer == Answer.REFUSED) {
              String at = "/" + name.replace("~", "~0").replace("/", "~1");
              refused.add(new Detail(at, "", "may not be left out by this caller"));
            }
          });
      return answers.contains(Answer.FAILED);
    }

    private Answer answer(List<Grant> by) {
      Answer before = known.get(by);
      Answer now = before == null ? grants.judge(by, call) : before;
      known.put(by, now);
      return now;
    }

    private Answer identity(Meaning.Identity part, Mark mark) {
      UnchangedIdentity.Hearing at = identities;
      if (at == null) {
        at = identity.of(call);
        identities = at;
      }
      return at.answer(part, mark);
    }

    /// Whether the contract says itself who may write a value, which is judged then.
    private boolean isStated(Mark mark) {
      Set<Long> places = stated;
      if (places == null) {
        places = new HashSet<>();
        for (Mark each : call.body().marks()) {
          if (each.meaning() instanceof Meaning.Writable) {
            places.add(GapCopy.gap(each.from(), each.to()));
          }
        }
        stated = places;
      }
      return places.contains(GapCopy.gap(mark.from(), mark.to()));
    }
  }

  private boolean strips(Mark mark) {
    return mark.meaning() instanceof Meaning.Writable(var _, boolean own)
        ? strip || own
        : strip && mark.meaning() instanceof Meaning.Identity;
  }

  /// Told as the caller wrote it, with the ids that callers know.
  private static List<Detail> details(Reading body, List<Mark> refused) {
    int[] offsets = new int[refused.size()];
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = body.outside(refused.get(i).nameFrom());
    }
    Bytes told = body.outside();
    List<Detail> details = new ArrayList<>(offsets.length);
    for (String at :
        Violation.pointers(told.array(), told.from(), told.to(), offsets, MOST_POINTER)) {
      details.add(new Detail(at, "", "may not be written by this caller"));
    }
    return details;
  }

  /// Whether a body that nobody looked into may hold what its sender may not write: a restricted
  /// property, or, where it is read as values, whose the object is.
  private boolean mayHide(Call call) {
    RequestBody body = call.operation().body();
    String said = call.exchange().request().headers().first("content-type");
    Content.MediaType type = body == null || said == null ? null : body.content().of(said);
    return type == null
        ? restricts
        : restricts(new Content(Map.of(type.range(), type)), classes)
            || (bound && isValues(type.range()));
  }

  private static boolean isPatch(Call call) {
    RequestBody body = call.operation().body();
    if (body == null || !body.content().types().containsKey(JSON_PATCH)) {
      return false;
    }
    String said = call.exchange().request().headers().first("content-type");
    Content.MediaType type = said == null ? null : body.content().of(said);
    return type != null && type.range().equals(JSON_PATCH);
  }

  private static boolean isValues(String range) {
    return range.equals("application/json")
        || range.endsWith("+json")
        || range.equals("application/x-www-form-urlencoded")
        || range.endsWith("/xml")
        || range.endsWith("+xml");
  }
}
