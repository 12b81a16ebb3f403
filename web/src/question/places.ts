/** Answers of a page by number, as the server counts them. */
export const PAGE = 30;

/** What decides where an answer stands: the accepted one first, then by votes, then by time. */
export interface Standing {
  id: string;
  score: number;
  accepted: boolean;
}

/** Where a new answer goes among those shown: before which one. Authors whom the reader does not see are missing there. */
export function placeAt(position: number, page: number, shown: number): number {
  return Math.max(0, Math.min(position - (page - 1) * PAGE, shown));
}

/** Where the newest answer goes on the last page: before those that were voted below nothing. */
export function placeLast(shown: readonly Standing[]): number {
  const behind = shown.findIndex(it => !it.accepted && it.score < 0);
  return behind === -1 ? shown.length : behind;
}

/** Puts one at its place; one that is there already stays where it is, as it is now. */
export function put<T extends { id: string }>(shown: readonly T[], added: T, at: number): T[] {
  return shown.some(it => it.id === added.id) ? shown.map(it => (it.id === added.id ? added : it)) : shown.toSpliced(at, 0, added);
}

/** Which pages have a link: the first, the last and those about this one; 0 stands for a gap. */
export function numbers(page: number, pages: number): number[] {
  const near = Array.from({ length: pages }, (_, i) => i + 1).filter(it => it === 1 || it === pages || Math.abs(it - page) <= 1);
  return near.flatMap((it, i) => {
    const before = near[i - 1] ?? 0;
    return it - before === 2 ? [it - 1, it] : it - before > 2 ? [0, it] : [it];
  });
}
