package io.freshet.platform.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/** The table of nodes in memory, by the clock of the database. */
final class FakeTable implements NodeTable {
  private record Saved(String token, long until, String home, long epoch, String wroteTo) {}

  private final Map<Integer, Saved> rows = new TreeMap<>();
  private final LongSupplier nanos;
  private final Flaw flaw;
  private long epoch;
  private String home = "";
  private long began;

  FakeTable(LongSupplier nanos, Flaw flaw) {
    this.nanos = nanos;
    this.flaw = flaw;
  }

  private long lease() {
    return nanos.getAsLong() + Node.LEASE.toNanos();
  }

  @Override
  public OptionalInt take(String token) {
    for (int number = 1; number <= 4; number++) {
      Saved held = rows.get(number);
      if (held == null || held.until() < nanos.getAsLong()) {
        rows.put(number, new Saved(token, lease(), "", 0, ""));
        return OptionalInt.of(number);
      }
    }
    return OptionalInt.empty();
  }

  @Override
  public boolean report(int number, String token, String home, long epoch, boolean bump) {
    Saved held = rows.get(number);
    if (held == null || !held.token().equals(token)) {
      return false;
    }
    String wroteTo = home.isEmpty() ? held.wroteTo() : home;
    rows.put(number, new Saved(token, lease(), home, epoch, wroteTo));
    if (bump && flaw != Flaw.NO_NEW_EPOCH) {
      this.epoch++;
      began = nanos.getAsLong();
    }
    return true;
  }

  @Override
  public View view() {
    List<Row> live = new ArrayList<>();
    rows.forEach((number, row) -> {
      if (row.until() > nanos.getAsLong()) {
        live.add(new Row(number, row.home(), row.epoch()));
      }
    });
    return new View(live, epoch, home, (nanos.getAsLong() - began) / 1_000_000);
  }

  @Override
  public void adopt(String agreed) {
    if (!home.equals(agreed)) {
      home = agreed;
      began = nanos.getAsLong();
      epoch += flaw == Flaw.NO_EPOCH_OF_A_HOME ? 0 : 1;
    }
  }

  @Override
  public boolean hasStrays(String home) {
    return rows.values().stream().anyMatch(row -> isStray(row, home));
  }

  private boolean isStray(Saved row, String home) {
    return row.until() <= nanos.getAsLong()
        && !row.wroteTo().isEmpty()
        && !row.wroteTo().equals(home);
  }

  @Override
  public void forgetStrays(String home) {
    rows.replaceAll((number, row) ->
        isStray(row, home)
            ? new Saved(row.token(), row.until(), row.home(), row.epoch(), "")
            : row);
  }

  @Override
  public void giveBack(int number, String token) {
    rows.computeIfPresent(
        number,
        (_, row) ->
            new Saved(token, nanos.getAsLong() - 1, row.home(), row.epoch(), row.wroteTo()));
  }
}
