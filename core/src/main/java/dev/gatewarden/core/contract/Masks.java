package dev.gatewarden.core.contract;

import dev.gatewarden.core.document.Node;

/// Looks for the masks that a contract uses.
public final class Masks {
  private Masks() {}

  /// Whether the contract says anywhere that others see that mask of a value.
  public static boolean used(Contract contract, Mask mask) {
    for (DataClass each : contract.classes().values()) {
      if (shows(each.mask(), mask)) {
        return true;
      }
    }
    return below(contract.source(), mask);
  }

  private static boolean below(Node node, Mask mask) {
    return switch (node) {
      case Node.Obj object -> {
        for (Node.Member member : object.entries()) {
          boolean said = member.name().equals(PropertyWords.MASK);
          Masking masking = said ? PropertyWords.masking(member.value()) : null;
          if (masking == null ? below(member.value(), mask) : shows(masking, mask)) {
            yield true;
          }
        }
        yield false;
      }
      case Node.Arr list -> {
        for (Node item : list.items()) {
          if (below(item, mask)) {
            yield true;
          }
        }
        yield false;
      }
      case Node.Text _, Node.Num _, Node.Bool _, Node.Null _ -> false;
    };
  }

  private static boolean shows(Masking masking, Mask mask) {
    boolean shows = masking.otherwise() == mask;
    for (Masking.Share share : masking.shares()) {
      shows |= share.mask() == mask;
    }
    return shows;
  }
}
