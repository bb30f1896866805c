package dev.gatewarden.controls.guards.access;

import dev.gatewarden.controls.guards.Setting;
import dev.gatewarden.core.contract.DataClass;
import dev.gatewarden.core.contract.Grant;
import dev.gatewarden.core.contract.Mask;
import dev.gatewarden.core.contract.Masking;
import dev.gatewarden.core.decision.Edit;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Reading;
import dev.gatewarden.core.exchange.Reading.Mark;
import dev.gatewarden.core.exchange.Reading.Meaning;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a caller sees in the place of values of an answer that not everybody may see.
///
/// Several words may speak of one value: its own list, that of its type, that of its class. All of
/// them must let the caller see it, and of what they show in its place, that counts which shows
/// least; so whoever judges comes to the same.
final class Hidden {
  private final PropertyGrants grants;
  private final Map<String, DataClass> classes;
  private final MaskedValue masked;

  Hidden(Setting setting) {
    this.grants = new PropertyGrants(setting);
    this.classes = setting.contract().classes();
    this.masked = new MaskedValue(setting.contract().api(), setting.ports().pseudonyms());
  }

  /// What one caller sees of one answer.
  Sight of(Call call, Reading body) {
    return new Sight(call, body);
  }

  /// What one caller sees of one answer.
  final class Sight {
    private final Call call;
    private final Reading body;
    private final List<Mark> marks;
    private @Nullable NestedObjects nested;

    private Sight(Call call, Reading body) {
      this.call = call;
      this.body = body;
      this.marks = body.marks();
    }

    /// The objects within the answer, found when somebody first asks whose one is.
    NestedObjects nested() {
      NestedObjects known = nested;
      if (known == null) {
        known = new NestedObjects(marks, body.bytes());
        nested = known;
      }
      return known;
    }

    /// What stands in the place of a marked value, all that is said of it considered.
    ///
    /// @param own what its own mark says
    Mask least(Mask own, int index) {
      Mark mark = marks.get(index);
      Mask least = own;
      for (int i = index - 1; i >= 0 && marks.get(i).from() == mark.from(); i--) {
        least = less(least, marks.get(i), mark);
      }
      for (int i = index + 1; i < marks.size() && marks.get(i).from() == mark.from(); i++) {
        least = less(least, marks.get(i), mark);
      }
      return least;
    }

    private Mask less(Mask least, Mark other, Mark mark) {
      Mask more = other.to() == mark.to() ? of(other) : null;
      return more == null || more.compareTo(least) < 0 ? least : more;
    }

    /// What a mark by itself leaves of its value; null where it leaves it as it is.
    @Nullable Mask of(Mark mark) {
      return switch (mark.meaning()) {
        case Meaning.Readable(List<Grant> by, Masking masking) -> of(by, masking, mark);
        case Meaning.Classified(String name) -> of(classes.get(name), mark);
        case Meaning.Stray(var _, String name) -> of(classes.get(name), mark);
        case Meaning.Unread() -> Mask.REMOVE;
        case Meaning.Writable _,
            Meaning.Undeclared _,
            Meaning.Broken _,
            Meaning.Identity _,
            Meaning.Typed _,
            Meaning.TypedPart _,
            Meaning.Part _ ->
            null;
      };
    }

    private @Nullable Mask of(@Nullable DataClass dataClass, Mark mark) {
      List<Grant> by = dataClass == null ? null : dataClass.read();
      return dataClass == null || by == null ? null : of(by, dataClass.mask(), mark);
    }

    private @Nullable Mask of(List<Grant> by, Masking masking, Mark mark) {
      if (grants.mayRead(by, mark, call, this)) {
        return null;
      }
      List<Masking.Share> shares = masking.shares();
      for (int i = 0; i < shares.size(); i++) {
        if (grants.mayRead(List.of(shares.get(i).to()), mark, call, this)) {
          return shares.get(i).mask();
        }
      }
      return masking.otherwise();
    }

    /// The change that leaves only the mask.
    Edit edit(Mask mask, Mark mark) {
      return mask == Mask.REMOVE
          ? new Edit.CutBody(mark.nameFrom(), mark.to())
          : new Edit.MaskBody(mark.from(), mark.to(), masked.of(mask, body.bytes(), mark));
    }
  }
}
