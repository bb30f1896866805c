package dev.gatewarden.gateway.binder;

import dev.gatewarden.core.exchange.Breach;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Detail;
import dev.gatewarden.core.exchange.Reading;
import dev.gatewarden.core.exchange.Upload;
import dev.gatewarden.core.schema.GapCopy;
import dev.gatewarden.gateway.binder.opaque.Rewriting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;

/// A body as the service has it, judged by what callers write or see in its place: promises are
/// those to callers, and every id that anybody reads out of it is the service's own.
public final class InnerReading implements Reading {
  private final Reading outside;
  private final Bytes whole;
  private final Bytes bytes;
  private final Rewriting rewriting;
  private final List<Mark> marks;
  private final IntUnaryOperator inward;
  private final IntUnaryOperator outward;

  /// @param whole as the service has it
  /// @param bytes the JSON that it was read as
  private InnerReading(
      Reading outside,
      Bytes whole,
      Bytes bytes,
      Rewriting rewriting,
      IntUnaryOperator inward,
      IntUnaryOperator outward) {
    this.outside = outside;
    this.whole = whole;
    this.bytes = bytes;
    this.rewriting = rewriting;
    this.inward = inward;
    this.outward = outward;
    List<Mark> moved = new ArrayList<>(outside.marks().size());
    for (Mark mark : outside.marks()) {
      moved.add(
          new Mark(
              mark.meaning(),
              inward.applyAsInt(mark.nameFrom()),
              inward.applyAsInt(mark.from()),
              inward.applyAsInt(mark.to())));
    }
    this.marks = moved;
  }

  /// What a caller sent.
  ///
  /// @param rewriting from what the caller's body was read as to what is judged
  /// @param forwarded what the service gets
  static InnerReading sent(Reading asked, Rewriting rewriting, Bytes forwarded) {
    return new InnerReading(
        asked, forwarded, rewriting.after(), rewriting, rewriting::forth, rewriting::back);
  }

  /// What a service answered.
  ///
  /// @param rewriting from the answer to what the caller is to see
  static InnerReading answered(Reading shown, Rewriting rewriting) {
    return new InnerReading(
        shown,
        rewriting.before(),
        rewriting.before(),
        rewriting,
        rewriting::back,
        rewriting::forth);
  }

  /// What stands in place of ids, for callers.
  public List<Rewriting.Swap> swaps() {
    return rewriting.swaps();
  }

  /// What a caller sent, without some stretches of what was judged.
  ///
  /// @param gaps made by `GapCopy.gap`
  public Bytes without(long[] gaps) {
    long[] outer = new long[gaps.length];
    for (int i = 0; i < gaps.length; i++) {
      int from = (int) (gaps[i] >>> 32);
      int to = Integer.MAX_VALUE - (int) gaps[i];
      outer[i] = GapCopy.gap(rewriting.back(from), rewriting.back(to));
    }
    Bytes asked = rewriting.before();
    return Bytes.of(
        GapCopy.without(
            asked.array(), asked.from(), asked.to(), Arrays.copyOf(outer, outer.length)));
  }

  @Override
  public Bytes bytes() {
    return bytes;
  }

  @Override
  public Bytes whole() {
    return whole;
  }

  @Override
  public Bytes outside() {
    return outside.bytes();
  }

  @Override
  public int outside(int offset) {
    return outward.applyAsInt(offset);
  }

  @Override
  public boolean lines() {
    return outside.lines();
  }

  @Override
  public boolean conforms() {
    return outside.conforms();
  }

  @Override
  public Breach breach() {
    return outside.breach();
  }

  @Override
  public List<Detail> explain() {
    return outside.explain();
  }

  @Override
  public List<Mark> marks() {
    return marks;
  }

  @Override
  public boolean complete() {
    return outside.complete();
  }

  @Override
  public List<Gap> mend() {
    List<Gap> gaps = new ArrayList<>();
    for (Gap gap : outside.mend()) {
      gaps.add(
          new Gap(
              inward.applyAsInt(gap.nameFrom()),
              inward.applyAsInt(gap.from()),
              inward.applyAsInt(gap.to()),
              gap.blank()));
    }
    return gaps;
  }

  @Override
  public List<Upload> uploads() {
    return outside.uploads();
  }
}
