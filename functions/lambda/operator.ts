import type { Context } from 'aws-lambda';
import { deskOnAws } from '../compose/aws.ts';
import type { Result } from '../domain/result.ts';
import type { Restore } from '../domain/setting.ts';
import { HOSTS } from '../seed/hosts.ts';
import { PROGRAMS } from '../seed/programs.ts';
import { afterRestore } from '../usecases/after-restore.ts';
import { holdMail, releaseMail } from '../usecases/hold-mail.ts';
import { seedDesk } from '../usecases/seed-desk.ts';
import { makeFirstStaff } from '../usecases/staff-role.ts';
import { asSystem } from '../usecases/system.ts';
import { OperatorTask } from './asked.ts';
import { stopBefore } from './deadline.ts';

const desk = asSystem(await deskOnAws(process.env, { signs: false }), 'operator');

/** What the operator asked for may not be; its message says what to do instead. */
class Refused extends Error {
  override readonly name = 'Refused';
}

/**
 * What operators do by hand, with `aws lambda invoke` and the right to it: add programs and hosts, make the first staff
 * member, hold mail and release it, and do what follows a restore. The desk's own record has each as done by
 * `system:operator`; CloudTrail has who called, where a trail has data events of this function: docs/deploy.md.
 * @throws {Refused} when the desk says no
 */
export const handler = async (
  event: unknown,
  context: Context,
): Promise<{ readonly done: string; readonly restore?: Restore }> => {
  const asked = OperatorTask.parse(event);
  switch (asked.task) {
    case 'seed':
      await seedDesk(desk, { programs: PROGRAMS, hosts: HOSTS });
      break;
    case 'make-staff':
      granted(await makeFirstStaff(desk, asked.email));
      break;
    case 'hold':
      granted(await holdMail(desk));
      break;
    case 'release':
      granted(await releaseMail(desk));
      break;
    case 'after-restore': {
      const { restoredTo, since } = asked;
      const restore = granted(await afterRestore(desk, { restoredTo, since, until: stopBefore(context) }));
      return { done: asked.task, restore };
    }
  }
  return { done: asked.task };
};

function granted<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Refused('detail' in result.refusal ? result.refusal.detail : result.refusal.kind);
}
