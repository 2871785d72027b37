import type { Context } from 'aws-lambda';
import type { Restore } from '../domain/setting.ts';
import { OperatorTask } from './asked.ts';
import { stopBefore } from './deadline.ts';
import { operatorOnAws } from '../compose/aws-operator.ts';
import type { Result } from '../domain/result.ts';

const operator = await operatorOnAws(process.env);

/** What the operator asked for may not be; its message says what to do instead. */
class Refused extends Error {
  override readonly name = 'Refused';
}

/**
 * What operators do by hand, with `aws lambda invoke` and the right to it: bring programs and hosts, make the first
 * member of staff, hold mail and let it go, and what follows a restore. Each is on the desk's own record as the act of
 * `system:operator`, and with whoever called on CloudTrail, where a trail has data events of this function: docs/deploy.md.
 * @throws {Refused} when the desk says no
 */
export const handler = async (
  event: unknown,
  context: Context,
): Promise<{ readonly done: string; readonly restore?: Restore }> => {
  const asked = OperatorTask.parse(event);
  switch (asked.task) {
    case 'seed':
      await operator.seed();
      break;
    case 'make-staff':
      granted(await operator.makeStaff(asked.email));
      break;
    case 'hold':
      granted(await operator.hold());
      break;
    case 'release':
      granted(await operator.release());
      break;
    case 'after-restore':
      return {
        done: asked.task,
        restore: granted(await operator.afterRestore(asked.restoredTo, asked.since, stopBefore(context))),
      };
  }
  return { done: asked.task };
};

function granted<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Refused('detail' in result.refusal ? result.refusal.detail : result.refusal.kind);
}
