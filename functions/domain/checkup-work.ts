import type { Finding } from './finding.ts';
import type { ListJob } from './import-list.ts';
import type { Job } from './job.ts';
import { queueOf, type Owed } from './owed.ts';
import type { MailHold } from './setting.ts';
import { DAY, HOUR, isoOf, plus, type Instant } from './time.ts';

/** After these times work is late: the sweep runs every minute, and the longest fan-out takes less than two hours. */
const LATE_MESSAGE = HOUR;
const LATE_JOB = 3 * HOUR;

/** Messages and changes that do not move. */
export function workFindings(
  work: {
    readonly owed: readonly Owed[];
    readonly parked: number;
    readonly jobs: readonly Job[];
    readonly lists: readonly ListJob[];
    readonly hold: MailHold | null;
  },
  now: Instant,
): Finding[] {
  // of one registration only the first may go; those behind it wait for it
  const going = work.owed.filter(({ about }) => about === 'sign-in' || !work.hold?.held);
  const first = [...Map.groupBy(going, queueOf).values()].flatMap((queue) => queue[0] ?? []);
  const overdue = first.filter(({ dueAt }) => plus(dueAt, LATE_MESSAGE) < now);
  const stuck = work.jobs.filter(({ dueAt }) => plus(dueAt, LATE_JOB) < now);
  const halted = work.lists.filter(({ movedAt }) => plus(movedAt, LATE_MESSAGE) < now);
  return [
    ...(work.hold?.held && plus(work.hold.since, DAY) < now
      ? [
          {
            kind: 'mail-held',
            subject: 'outbox',
            words: `All mail has been held since ${isoOf(work.hold.since)}`,
            cause: 'It was held, and nobody let it go',
            remedy: 'See on the staff page Messages what would go out, and let it go',
            mend: null,
          },
        ]
      : []),
    ...(overdue.length === 0
      ? []
      : [
          {
            kind: 'messages-overdue',
            subject: 'outbox',
            words: `${overdue.length} ${overdue.length === 1 ? 'message was' : 'messages were'} due more than an hour ago`,
            cause: 'The sender is not running, or does not come to an end',
            remedy: 'See that the pump or the stream and the sweep run; the messages go out by themselves then',
            mend: null,
          },
        ]),
    ...(work.parked === 0
      ? []
      : [
          {
            kind: 'messages-parked',
            subject: 'outbox',
            words: `${work.parked} ${work.parked === 1 ? 'message' : 'messages'} could not be delivered`,
            cause: 'The mail server refused them, or did not answer for a day',
            remedy: 'See the reasons on the staff page Messages, and try again there',
            mend: null,
          },
        ]),
    ...stuck.map((job) => ({
      kind: 'job-stuck',
      subject: job.event,
      words: `A change to this event has been on its way to its people since ${isoOf(job.dueAt)}`,
      cause: 'The sweep is not running, or fails at one of them',
      remedy: 'See why the sweep fails in its log; it goes on where it stopped',
      mend: null,
    })),
    ...halted.map((list) => ({
      kind: 'list-stuck',
      subject: list.event,
      words: `A list of people for this event has not gone on since ${isoOf(list.movedAt)}`,
      cause: 'The sweep is not running, or fails at one of its rows',
      remedy: 'See why the sweep fails in its log; it goes on where it stopped',
      mend: null,
    })),
  ];
}
