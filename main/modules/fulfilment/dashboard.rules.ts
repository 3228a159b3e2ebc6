const LEAST = 2;
const TIMES_MEAN = 1.5;

/** Stages that hold at least two builds and half as many again as the mean of the stages in use. Source: reports (10.6). */
export function bottlenecks<S extends string>(stages: readonly { status: S; builds: number }[]): Set<S> {
  const used = stages.filter(stage => stage.builds > 0);
  const mean = used.reduce((sum, stage) => sum + stage.builds, 0) / Math.max(used.length, 1);
  const least = Math.max(LEAST, TIMES_MEAN * mean);
  return new Set(used.filter(stage => stage.builds >= least).map(stage => stage.status));
}
