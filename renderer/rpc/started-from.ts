const KEY = 'millwright.started_from';

/**
 * The organization whose rows are about to replace those of this station. It outlives the session, which ends with its
 * account: the sign-in page says whose accounts count from then on.
 */
export const startedFrom = (): string | null => sessionStorage.getItem(KEY);
export function keepStartedFrom(organization: string | null): void {
  if (organization === null) sessionStorage.removeItem(KEY);
  else sessionStorage.setItem(KEY, organization);
}
