package io.freshet.graph;

import io.freshet.platform.Invalidations;
import io.freshet.platform.NearCache;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;

/**
 * Who sees what: viewers, remembered in each process and forgotten with each change of their edges.
 * Thread-safe.
 */
public final class Viewers {
  private static final String NAME = "viewers";

  /** The share of the heap that viewers may take. */
  private static final double HEAP_SHARE = 0.06;

  /** Bytes of a viewer, of an id, and of a mute. */
  private static final int VIEWER_BYTES = 200;

  private static final int MUTE_BYTES = 80;

  private final GraphStore store;
  private final NearCache<Viewer> viewers;

  public Viewers(GraphStore store, Invalidations invalidations) {
    this.store = store;
    this.viewers =
        new NearCache<>(
            NAME,
            NearCache.share(HEAP_SHARE),
            (id, viewer) -> bytes(viewer),
            invalidations.shared(NAME, new ViewerCodec(), store::viewers),
            invalidations);
  }

  private static int bytes(Viewer viewer) {
    int ids = viewer.followees().length + viewer.restrictedBy().length;
    return VIEWER_BYTES + ids * Long.BYTES + viewer.mutes().size() * MUTE_BYTES;
  }

  /** As of the caller's last {@link Invalidations#catchUp} or later. */
  public Viewer get(long id) {
    return Objects.requireNonNull(viewers.get(id));
  }

  /** Reads many viewers past what is remembered. */
  public Map<Long, Viewer> read(Collection<Long> ids) {
    return store.viewers(ids);
  }

  public void forget(long id) {
    viewers.invalidate(id);
  }

  public void forgetAll() {
    viewers.invalidateAll();
  }
}
