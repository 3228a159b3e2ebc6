import type { Id } from '../../../db/kit/columns.ts';

interface Person {
  readonly user_id: Id<'users'>;
  may(permission: string): boolean;
}
interface Build {
  readonly order_status: string;
  readonly current_assignee_id: string | null;
}

/** Whoever the build is assigned to, and administrators. */
export const isOwn = (person: Person, build: Build): boolean =>
  build.current_assignee_id === person.user_id || person.may('work_orders:override');
export const mayWork = (person: Person, build: Build): boolean =>
  person.may('work_orders:execute') && isOwn(person, build);
/** Coordinators for any build, assemblers for their own. */
export const mayGenerate = (person: Person, build: Build): boolean =>
  person.may('work_orders:create') || mayWork(person, build);
export const isInProduction = (build: Build): boolean => build.order_status === 'READY_FOR_PRODUCTION';
