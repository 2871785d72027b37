import type { Restore } from '../domain/setting.ts';
import { instantOf, type Instant } from '../domain/time.ts';
import { afterRestore } from '../usecases/after-restore.ts';
import { Email } from '../domain/person.ts';
import type { Result } from '../domain/result.ts';
import { HOSTS } from '../seed/hosts.ts';
import { PROGRAMS } from '../seed/programs.ts';
import { holdMail, releaseMail } from '../usecases/hold-mail.ts';
import { seedDesk } from '../usecases/seed-desk.ts';
import { makeFirstStaff } from '../usecases/staff-role.ts';
import { asSystem } from '../usecases/system.ts';
import { deskOnAws } from './aws.ts';

/** What the operators of a stage do by hand. */
export interface Operator {
  /** Brings the programs and hosts that are missing; never people or events. */
  seed(): Promise<void>;
  /** Gives an address the staff role, in sessions from the identity provider: the first, and no other. */
  makeStaff(email: string): Promise<Result<unknown>>;
  /** Holds all mail but sign-in codes, and lets it go. */
  hold(): Promise<Result<unknown>>;
  release(): Promise<Result<unknown>>;
  /** What follows a restore; begins nothing after `until`, and says how far it is. */
  afterRestore(restoredTo: string, since: string | undefined, until: Instant): Promise<Result<Restore>>;
}

/** The operators' tasks over DynamoDB. */
export async function operatorOnAws(environment: NodeJS.ProcessEnv): Promise<Operator> {
  const desk = asSystem(await deskOnAws(environment, { signs: false }), 'operator');
  return {
    seed: () => seedDesk(desk, { programs: PROGRAMS, hosts: HOSTS }),
    makeStaff: (email) => makeFirstStaff(desk, Email.parse(email)),
    hold: () => holdMail(desk),
    release: () => releaseMail(desk),
    afterRestore: (restoredTo, since, until) =>
      afterRestore(desk, {
        restoredTo: instantOf(restoredTo),
        since: since === undefined ? undefined : instantOf(since),
        until,
      }),
  };
}
