import { z } from 'zod';
import type { FunctionName } from '../../stacks/bundle.ts';
import { nameOfId, ofType, resolved } from './template.ts';

const Schedule = z.object({
  Name: z.string(),
  Target: z.object({ Arn: z.json(), Input: z.string().optional() }),
});

const SCHEDULES = ofType('AWS::Scheduler::Schedule').map(([, properties]) => Schedule.parse(properties));

/**
 * What EventBridge Scheduler hands to a function: the schedule's own input, or where it has none the event that it makes
 * itself, whose `detail` is text. Undefined for a function that no schedule starts.
 */
export function scheduledEvent(name: FunctionName): unknown {
  const schedule = SCHEDULES.find(({ Target }) => nameOfId(resolved(Target.Arn).replace(/[<>]/g, '')) === name);
  if (!schedule) return undefined;
  if (schedule.Target.Input !== undefined) return JSON.parse(schedule.Target.Input);
  return {
    version: '0',
    id: 'dd651195-37b8-464f-ad01-9fd0e5e952f7',
    'detail-type': 'Scheduled Event',
    source: 'aws.scheduler',
    account: '111122223333',
    time: '2026-11-25T08:30:00Z',
    region: 'us-east-1',
    resources: [
      `arn:aws:scheduler:us-east-1:111122223333:schedule/production-training-desk-schedules/${schedule.Name}`,
    ],
    detail: '{}',
  };
}
