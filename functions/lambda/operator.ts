import { z } from 'zod';
import { operatorOnAws } from '../compose/aws-operator.ts';

const operator = await operatorOnAws(process.env);

const Task = z.discriminatedUnion('task', [
  z.strictObject({ task: z.literal('seed') }),
  z.strictObject({ task: z.literal('make-staff'), email: z.email() }),
]);

/**
 * What operators do by hand, with `aws lambda invoke` and the right to it: bring programs and hosts, and make somebody
 * staff. Each is on the desk's own record as the act of `system:operator`, and on CloudTrail with whoever called.
 */
export const handler = async (event: unknown): Promise<{ readonly done: string }> => {
  const asked = Task.parse(event);
  if (asked.task === 'seed') await operator.seed();
  else await operator.makeStaff(asked.email);
  return { done: asked.task };
};
