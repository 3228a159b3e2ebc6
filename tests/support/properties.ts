import fc from 'fast-check';

/** The same cases in every run, so that a failure is a change in the code; FC_SEED=<number> looks for new ones. */
fc.configureGlobal({ seed: Number(process.env.FC_SEED ?? 20_261_120) });
