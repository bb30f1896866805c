package dev.gatewarden.core.change;

import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.DataClass;
import dev.gatewarden.core.contract.Grant;
import dev.gatewarden.core.contract.Mask;
import dev.gatewarden.core.contract.Masking;
import dev.gatewarden.core.document.Place;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Compares what contracts say of data classes: who sees and writes them, and what others see.
final class ClassComparison {
  private static final List<Grant> ANYONE = List.of(new Grant.Anyone());

  private final Ledger ledger;

  ClassComparison(Ledger ledger) {
    this.ledger = ledger;
  }

  void compare(Contract old, Contract now) {
    Set<String> names = new LinkedHashSet<>(old.classes().keySet());
    names.addAll(now.classes().keySet());
    for (String name : names) {
      compare(name, old.classes().get(name), now.classes().get(name));
    }
  }

  private void compare(String name, @Nullable DataClass before, @Nullable DataClass after) {
    Place from = before == null ? null : before.place();
    Place to = after == null ? null : after.place();
    grants("seen", name, readers(before), readers(after), from, to);
    grants("written", name, writers(before), writers(after), from, to);
    Masking was = masking(before);
    Masking is = masking(after);
    if (before != null && after != null && !was.equals(is)) {
      ledger.note(
          showsMore(was, is) ? Kind.CLASS_LOWERED : Kind.CLASS_CHANGED,
          "mask of " + name,
          from,
          to,
          "others see "
              + (showsMore(was, is) ? "more" : "something else")
              + " of data class `"
              + Literals.shown(name)
              + "`");
    }
  }

  private void grants(
      String verb,
      String name,
      List<Grant> old,
      List<Grant> now,
      @Nullable Place from,
      @Nullable Place to) {
    boolean read = verb.equals("seen");
    String sentence =
        "data class `"
            + Literals.shown(name)
            + "` was "
            + verb
            + " by "
            + Grants.shown(old)
            + " and is by "
            + Grants.shown(now);
    if (Grants.wider(old, now)) {
      ledger.note(
          read ? Kind.READ_WIDENED : Kind.WRITE_WIDENED, "class " + name, from, to, sentence);
    } else if (Grants.wider(now, old)) {
      ledger.note(
          read ? Kind.READ_NARROWED : Kind.WRITE_NARROWED, "class " + name, from, to, sentence);
    }
  }

  private static List<Grant> readers(@Nullable DataClass dataClass) {
    List<Grant> read = dataClass == null ? null : dataClass.read();
    return read == null ? ANYONE : read;
  }

  private static List<Grant> writers(@Nullable DataClass dataClass) {
    return dataClass == null || dataClass.write() == null ? ANYONE : dataClass.write().by();
  }

  private static Masking masking(@Nullable DataClass dataClass) {
    return dataClass == null ? Masking.REMOVED : dataClass.mask();
  }

  /// Whether some caller now sees more of what they may not see.
  static boolean showsMore(Masking old, Masking now) {
    boolean more = now.otherwise().compareTo(old.otherwise()) < 0;
    for (Masking.Share share : now.shares()) {
      more |= share.mask().compareTo(shown(old, share.to())) < 0;
    }
    for (Masking.Share share : old.shares()) {
      more |= shown(now, share.to()).compareTo(share.mask()) < 0;
    }
    return more;
  }

  private static Mask shown(Masking masking, Grant to) {
    for (Masking.Share share : masking.shares()) {
      if (share.to().equals(to)) {
        return share.mask();
      }
    }
    return masking.otherwise();
  }
}
