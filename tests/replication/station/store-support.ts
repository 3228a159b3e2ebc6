import { onTestFinished } from 'vitest';
import { openMember } from '../../support/member-store.ts';
import { countedIds, temporaryFolder, testClock } from '../../support/station.ts';

export { type MemberStore, pageOf } from '../../support/member-store.ts';

/** A member of an organization on an empty database. */
export function memberStore() {
  const member = openMember(temporaryFolder(), 'station.db', testClock(), countedIds());
  onTestFinished(() => void member.db.close());
  return member;
}
