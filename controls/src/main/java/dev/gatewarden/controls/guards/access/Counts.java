package dev.gatewarden.controls.guards.access;

import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectBinding.Count.Then;
import dev.gatewarden.core.contract.ObjectBinding.Does;
import dev.gatewarden.core.decision.Edit;
import dev.gatewarden.core.exchange.Reading.Mark;
import dev.gatewarden.core.exchange.Reading.Meaning;
import dev.gatewarden.core.exchange.Reading.Role;
import dev.gatewarden.core.exchange.Response;
import java.util.List;
import java.util.function.Predicate;

/// What in the answers of one operation would tell how many objects were cut out of them. It goes
/// whether or not any was, since its absence must not tell.
final class Counts {
  private final boolean[] withheld;
  private final boolean hushed;

  /// @param bindings all of the operation
  /// @param cuts whether objects of a binding may be cut out of an answer
  Counts(List<ObjectBinding> bindings, Predicate<ObjectBinding> cuts) {
    this.withheld = new boolean[bindings.size()];
    boolean any = false;
    for (int i = 0; i < withheld.length; i++) {
      ObjectBinding.Count count = bindings.get(i).count();
      boolean judged = cuts.test(bindings.get(i));
      withheld[i] = judged && count != null && count.then() == Then.WITHHOLD;
      any |=
          judged
              && bindings.get(i).does() == Does.LIST
              && !(count != null && count.then() == Then.KEEP);
    }
    this.hushed = any;
  }

  /// Whether a marked value counts.
  boolean in(Mark mark) {
    return mark.meaning() instanceof Meaning.Part(int number, Role role, var _)
        && role == Role.COUNT
        && withheld[number];
  }

  /// Takes counts out of the body.
  ///
  /// @return whether there were any
  boolean body(Response response, List<Edit> edits) {
    List<Mark> marks = response.body().marks();
    boolean any = false;
    for (int i = 0; i < marks.size(); i++) {
      if (in(marks.get(i))) {
        edits.add(new Edit.CutBody(marks.get(i).nameFrom(), marks.get(i).to()));
        any = true;
      }
    }
    return any;
  }

  /// Takes what tells of a number or of a change out of the head.
  ///
  /// @return whether any of it told a number
  boolean head(Response response, List<Edit> edits) {
    return hushed && TellingHeaders.add(response.headers(), edits);
  }

  /// Whether fields of the head go.
  boolean hushed() {
    return hushed;
  }
}
