import type { Schemas } from '../api/client.ts';

export type Status = Schemas['Status'];
export type Figure = Status['figures'][number];

/** The figures of each section in their order, each with the most at which it is still well. Flags are well when they are up. */
const SECTIONS = {
  lag: { fanoutLag: 5, outboxOldest: 30 },
  queue: { outboxWaiting: 10_000, queueWaiting: 10_000, queueParked: 0 },
  cache: { cacheHits: Infinity, feedsStored: Infinity, redisKeys: Infinity, cachesTrusted: 1 },
  divergence: { feedsCompared: Infinity, feedsDiverged: 0, feedsRepaired: Infinity },
  requests: { requests: Infinity, answerTime: 1, faults: 0 },
  live: { liveConnections: Infinity, liveReady: 1 },
  mail: { mailWaiting: 1_000 },
  database: { databaseConnections: Infinity, replicaLag: 10 },
};

export type SectionName = keyof typeof SECTIONS;
export type FigureName = { [S in SectionName]: keyof (typeof SECTIONS)[S] }[SectionName];

/** A figure that was measured in the last half hour, and what it says now. */
export interface Shown {
  name: FigureName;
  unit: Figure['unit'];
  points: Figure['points'];
  value: number;
  /** How many points ago that was. */
  age: number;
  bad: boolean;
}

export interface Section {
  name: SectionName;
  figures: Shown[];
}

/** Points for which a value is held to be that of now: a minute. */
const FRESH = 4;

/** What there is to show, by section; figures that were not measured are left out, as of a replica where there is none. */
export function sections(figures: Figure[]): Section[] {
  const byName = new Map(figures.map(figure => [figure.name, figure]));
  return (Object.keys(SECTIONS) as SectionName[]).map(name => ({
    name,
    figures: Object.entries<number>(SECTIONS[name]).flatMap(([figure, most]) => shown(figure as FigureName, most, byName.get(figure)) ?? []),
  }));
}

function shown(name: FigureName, most: number, figure: Figure | undefined): Shown | undefined {
  const points = figure?.points ?? [];
  const at = points.findLastIndex(point => point !== null);
  const value = points[at];
  if (figure === undefined || value === undefined || value === null) {
    return undefined;
  }
  const age = points.length - 1 - at;
  const well = figure.unit === 'flag' ? value >= 1 : value <= most;
  return { name, unit: figure.unit, points, value, age, bad: !well && age < FRESH };
}

/** Processes that have not measured themselves for a minute have ended, or are away. */
export function silent(node: Status['nodes'][number], status: Status): boolean {
  return Date.parse(status.at) - Date.parse(node.seenAt) > FRESH * status.every * 1000;
}

/** What nobody does at the moment: without a worker, nothing reaches the feeds. */
export function missingRoles(status: Status): Status['nodes'][number]['roles'] {
  const here = new Set(status.nodes.filter(node => !silent(node, status)).flatMap(node => node.roles));
  return (['web', 'worker', 'scheduler'] as const).filter(role => !here.has(role));
}
