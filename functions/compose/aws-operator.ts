import { Email } from '../domain/person.ts';
import { HOSTS } from '../seed/hosts.ts';
import { PROGRAMS } from '../seed/programs.ts';
import { makeStaff } from '../usecases/issue-token.ts';
import { seedDesk } from '../usecases/seed-desk.ts';
import { asSystem } from '../usecases/system.ts';
import { deskOnAws } from './aws.ts';

/** What the operators of a stage do by hand. */
export interface Operator {
  /** Brings the programs and hosts that are missing; never people or events. */
  seed(): Promise<void>;
  /** Gives an address the staff role, in sessions from the identity provider. */
  makeStaff(email: string): Promise<void>;
}

/** The operators' tasks over DynamoDB. */
export async function operatorOnAws(environment: NodeJS.ProcessEnv): Promise<Operator> {
  const desk = await deskOnAws(environment);
  return {
    seed: () => seedDesk(desk, { programs: PROGRAMS, hosts: HOSTS }),
    makeStaff: (email) => makeStaff(asSystem(desk, 'operator'), Email.parse(email)),
  };
}
